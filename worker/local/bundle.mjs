import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Complaint } from "./options.mjs";
import { ROOT } from "./paths.mjs";
import { run } from "./run.mjs";

/** The Worker as it would be uploaded, in KB: as it is and gzipped, by wrangler's own count. */
export async function bundleSize(args = []) {
	mkdirSync(join(ROOT, "site", "dist", "client"), { recursive: true });
	const outdir = join(ROOT, ".wrangler", "out");
	const done = await run("wrangler", ["deploy", "--dry-run", "--minify", "--outdir", outdir, ...args]);
	const sizes = /Total Upload: ([\d.]+) KiB \/ gzip: ([\d.]+) KiB/.exec(done.output);
	if (done.status !== 0 || !sizes) throw new Complaint(`The Worker does not bundle:\n${done.output}`);
	const kb = (kib) => Math.round((Number(kib) * 1024) / 100) / 10;
	return { rawKb: kb(sizes[1]), gzipKb: kb(sizes[2]) };
}
