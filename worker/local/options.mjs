import { resolve } from "node:path";
import { parseArgs } from "node:util";

/** Something that the person at the terminal can put right. Its message is the one line they get to see. */
export class Complaint extends Error {
	name = "Complaint";
}

const OPTIONS = {
	port: { type: "string", default: "8787" },
	"persist-to": { type: "string", default: ".trunkline" },
	"env-file": { type: "string" },
	/** Another entry than the Worker's own; the benches serve one that counts. */
	script: { type: "string" },
};

/** Reads `--port N --persist-to DIR --env-file FILE --script FILE`. Throws a {@link Complaint} on anything else. */
export function startOptions(argv) {
	const values = optionsFrom(argv, OPTIONS);
	const port = Number(values.port);
	if (!/^\d+$/.test(values.port) || port < 1 || port > 65_535)
		throw new Complaint(`--port ${values.port}: not a port. Give a number from 1 to 65535.`);
	return {
		port,
		folder: resolve(values["persist-to"]),
		envFile: values["env-file"] === undefined ? undefined : resolve(values["env-file"]),
		script: values.script,
	};
}

/** Like `parseArgs`, with a {@link Complaint} that names the options there are. */
export function optionsFrom(argv, options) {
	try {
		const { values } = parseArgs({ args: argv, options, strict: true, allowPositionals: false });
		for (const [name, value] of Object.entries(values))
			if (value === "") throw new TypeError(`Option '--${name}' needs a value`);
		return values;
	} catch (error) {
		const known = Object.keys(options).map((name) => `--${name}`);
		throw new Complaint(`${error.message.split(". ")[0]}. Options: ${known.join(" ")}`);
	}
}

/** Runs a command's main function; a {@link Complaint} becomes one line on stderr and exit status 1. */
export async function asCommand(main) {
	try {
		await main();
	} catch (error) {
		console.error(error instanceof Complaint ? error.message : error);
		process.exit(1);
	}
}
