import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildWorker } from "./build/build.mjs";
import { Complaint } from "./options.mjs";
import { ROOT } from "./paths.mjs";
import { run } from "./run.mjs";

/** The Worker as it would be uploaded, in KB: as it is and gzipped, by wrangler's own count. */
export async function bundleSize() {
	mkdirSync(join(ROOT, "site", "dist", "client"), { recursive: true });
	const file = await buildWorker();
	const done = await run("wrangler", ["deploy", file, "--no-bundle", "--dry-run"]);
	const sizes = /Total Upload: ([\d.]+) KiB \/ gzip: ([\d.]+) KiB/.exec(done.output);
	if (done.status !== 0 || !sizes) throw new Complaint(`The Worker does not bundle:\n${done.output}`);
	const kb = (kib) => Math.round((Number(kib) * 1024) / 100) / 10;
	return { rawKb: kb(sizes[1]), gzipKb: kb(sizes[2]) };
}
