import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Complaint } from "./options.mjs";
import { ROOT, tool, toolEnvironment } from "./paths.mjs";
import { run } from "./run.mjs";

/** Brings the database in a state folder up to the newest migration. Asks wrangler only when there is something new. */
export async function migrate(folder) {
	const mark = join(folder, "migrated");
	const wanted = migrationsHash();
	if (readIfThere(mark) === wanted) return;
	const done = await run("wrangler", ["d1", "migrations", "apply", "DB", "--local", "--persist-to", folder], {
		env: ownRegistry(folder),
	});
	if (done.status !== 0) throw new Complaint(`The migrations do not apply:\n${done.output}`);
	writeFileSync(mark, wanted);
}

/** Starts `wrangler dev` on a state folder; what it prints goes into `logFile`. A `script` in JavaScript is served as it is. */
export function serve({ folder, port, settingsFile, logFile, script }) {
	mkdirSync(join(ROOT, "site", "dist", "client"), { recursive: true }); // it refuses to start without the assets' folder
	const log = openSync(logFile, "w", 0o600);
	const args = [
		"dev",
		...(script ? [script] : []),
		...(script?.endsWith(".js") ? ["--no-bundle"] : []),
		"--config",
		join(ROOT, "wrangler.toml"), // else it is looked for where the script is
		"--port",
		String(port),
		"--inspector-port",
		"0",
		"--persist-to",
		folder,
	];
	const quiet = ["--env-file", settingsFile, "--log-level", "warn", "--show-interactive-dev-session=false"];
	// Spawned itself, without npm or a shell between: a signal to it reaches the one that looks after workerd.
	return spawn(tool("wrangler"), [...args, ...quiet], {
		cwd: ROOT,
		env: toolEnvironment(ownRegistry(folder)),
		stdio: ["ignore", log, log],
	});
}

// Workers of one name find each other through wrangler's registry; every state folder is a world of its own.
function ownRegistry(folder) {
	return { WRANGLER_REGISTRY_PATH: join(folder, "registry") };
}

function migrationsHash() {
	const hash = createHash("sha256");
	const folder = join(ROOT, "migrations");
	for (const name of readdirSync(folder).sort()) hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
	return hash.digest("hex");
}

function readIfThere(file) {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		if (error.code === "ENOENT") return null;
		throw error;
	}
}
