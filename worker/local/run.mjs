import { spawn } from "node:child_process";
import { ROOT, tool, toolEnvironment } from "./paths.mjs";

const running = new Set();
process.once("exit", () => {
	for (const child of running) child.kill("SIGKILL");
});

/** Runs a tool of the project to its end and gives its exit status with everything it printed. */
export function run(name, args, { env = {}, onOutput } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(tool(name), args, {
			cwd: ROOT,
			env: toolEnvironment(env),
			stdio: ["ignore", "pipe", "pipe"],
		});
		running.add(child);
		let output = "";
		const take = (chunk) => {
			output += chunk;
			onOutput?.(chunk);
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
