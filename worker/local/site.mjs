import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DOCUMENT, makeOpenApi } from "./openapi.mjs";
import { Complaint } from "./options.mjs";
import { ROOT } from "./paths.mjs";
import { isAlive } from "./processes.mjs";
import { run } from "./run.mjs";

// Beside what is served, not in it. Set when a build has ended well.
const MARK = join(ROOT, "site", "dist", "built-from");
const LOCK = join(ROOT, "site", ".astro", "building");
const NOT_SOURCES = new Set(["dist", "node_modules", "e2e", ".astro", ".wrangler", "test-results", "README.md"]);

/** Builds the site unless it stands built from exactly these sources. Two that start at once build it once. */
export async function buildSite({ onBuild = () => {} } = {}) {
	await withLock(async () => {
		await makeOpenApi();
		if (isBuilt()) return;
		onBuild();
		const from = fingerprint();
		rmSync(MARK, { force: true });
		// Making the document leaves a NODE_ENV for development behind, and with that the pages would be built for it.
		const built = await run("astro", ["build", "--root", "site"], { env: { NODE_ENV: "production" } });
		if (built.status !== 0) throw new Complaint(`The site does not build:\n${built.output}`);
		writeFileSync(MARK, from);
	});
}

function isBuilt() {
	try {
		return readFileSync(MARK, "utf8") === fingerprint();
	} catch (error) {
		if (error.code === "ENOENT") return false;
		throw error;
	}
}

// By content: a checkout gives every file a new time, and an edit that is taken back needs no build.
function fingerprint() {
	const hash = createHash("sha256");
	const files = [...filesIn("site"), ...filesIn("worker/signaling"), "package-lock.json"];
	hash.update(readFileSync(DOCUMENT));
	for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
	return hash.digest("hex");
}

function filesIn(folder) {
	let entries;
	try {
		entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
	} catch (error) {
		if (error.code === "ENOENT") return [];
		throw error;
	}
	return entries
		.filter(({ name }) => !NOT_SOURCES.has(name))
		.flatMap((entry) => (entry.isDirectory() ? filesIn(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));
}

async function withLock(work) {
	mkdirSync(join(LOCK, ".."), { recursive: true });
	while (!taken()) await sleep(250);
	try {
		await work();
	} finally {
		rmSync(LOCK, { force: true });
	}
}

function taken() {
	try {
		writeFileSync(LOCK, String(process.pid), { flag: "wx" });
		return true;
	} catch (error) {
		if (error.code !== "EEXIST") throw error;
		const holder = Number(readFileSync(LOCK, "utf8"));
		if (holder && !isAlive(holder)) rmSync(LOCK, { force: true });
		return false;
	}
}
