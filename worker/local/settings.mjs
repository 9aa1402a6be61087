import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { Complaint } from "./options.mjs";

const SECRETS = {
	JWT_SECRET: () => randomBytes(48).toString("base64url"),
	MEDIA_SECRET: () => randomBytes(48).toString("base64url"),
	ENCRYPTION_KEYS: () => JSON.stringify({ 1: randomBytes(32).toString("base64") }),
};

/**
 * Writes the settings for one run into a file that only this user can read, and gives its path: the command line of a process is
 * everybody's to see, and `.dev.vars` would be read by the tests.
 */
export function writeSettings({ folder, port, envFile }) {
	mkdirSync(folder, { recursive: true });
	const given = envFile ? readSettings(envFile) : {};
	const file = join(folder, "settings.env");
	writePrivate(file, { ...conveniences(given, folder, port), ...given });
	return file;
}

// Production says everything itself: what is missing there must be seen to be missing.
function conveniences(given, folder, port) {
	if (given.ENVIRONMENT === "production") return {};
	return { ENVIRONMENT: "development", PUBLIC_BASE_URL: `http://127.0.0.1:${port}`, ...secretsOf(folder) };
}

/** This machine's secrets, made at the first start and kept: sessions and encrypted passwords outlive a restart. */
function secretsOf(folder) {
	const file = join(folder, "secrets.env");
	const known = readIfThere(file);
	const missing = Object.entries(SECRETS).filter(([name]) => !known[name]);
	if (missing.length === 0) return known;
	const all = { ...known, ...Object.fromEntries(missing.map(([name, make]) => [name, make()])) };
	writePrivate(file, all);
	return all;
}

/** The settings in a file of `NAME=value` lines. An empty value is a setting that is not there. */
export function readSettings(file) {
	let text;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		throw new Complaint(`--env-file ${file}: cannot be read (${error.code ?? error.message})`);
	}
	return Object.fromEntries(Object.entries(parseEnv(text)).filter(([, value]) => value !== ""));
}

function readIfThere(file) {
	try {
		return parseEnv(readFileSync(file, "utf8"));
	} catch (error) {
		if (error.code === "ENOENT") return {};
		throw error;
	}
}

/** Writes settings that only this user may read. Whole or not at all: a kill midway leaves the old file. */
export function writePrivate(file, settings) {
	const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoted(name, value)}\n`);
	writeFileSync(`${file}.new`, lines.join(""), { mode: 0o600 });
	chmodSync(`${file}.new`, 0o600);
	renameSync(`${file}.new`, file);
}

// wrangler reads these files with dotenv and then expands every unescaped $NAME, in quotes of any kind.
function quoted(name, value) {
	const quote = ["'", '"', "`"].find((mark) => !value.includes(mark));
	if (!quote) throw new Complaint(`${name}: a value cannot hold all three kinds of quotation mark`);
	return `${quote}${value.replaceAll("$", "\\$")}${quote}`;
}
