import { spawn } from "node:child_process";
import { isAbsolute } from "node:path";
import { ROOT, tool, toolEnvironment } from "./paths.mjs";
import { killTree } from "./processes.mjs";

const running = new Set();
process.once("exit", () => {
	for (const child of running) killTree(child.pid);
});

/** Runs a tool of the project, or a program by its path, to its end. Gives its exit status and everything it printed. */
export function run(name, args, { env = {}, onStart } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(isAbsolute(name) ? name : tool(name), args, {
			cwd: ROOT,
			env: toolEnvironment(env),
			stdio: ["ignore", "pipe", "pipe"],
		});
		running.add(child);
		onStart?.(child);
		let output = "";
		const take = (chunk) => {
			output += chunk;
		};
		child.stdout.setEncoding("utf8").on("data", take);
		child.stderr.setEncoding("utf8").on("data", take);
		child.once("error", reject);
		child.once("close", (status, signal) => {
			running.delete(child);
			resolve({ status: status ?? 1, signal, output });
		});
	});
}
