import { existsSync } from "node:fs";
import { Complaint } from "./options.mjs";
import { run } from "./run.mjs";

const PLACES = [
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/usr/bin/google-chrome-stable",
	"/snap/bin/chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const INSTALL = "apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium";

/** The path of a real Chromium: the one that CHROMIUM_PATH names, one that is there, or one that is installed now. */
export async function findChromium({ onInstall = () => {} } = {}) {
	const named = process.env.CHROMIUM_PATH;
	if (named && !existsSync(named)) throw new Complaint(`CHROMIUM_PATH ${named}: there is no such file`);
	const there = [named, ...PLACES].find((path) => path && existsSync(path));
	if (there) return there;
	if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
		onInstall();
		await run("/bin/sh", ["-c", INSTALL], { env: { DEBIAN_FRONTEND: "noninteractive" } });
		if (existsSync(PLACES[0])) return PLACES[0];
	}
	throw new Complaint(
		`The browser tests need Chromium. Install it (Debian: sudo sh -c '${INSTALL}') or name one with CHROMIUM_PATH.`,
	);
}
