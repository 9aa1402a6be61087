import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { DOCUMENT, makeOpenApi, TYPES } from "./openapi.mjs";
import { ROOT } from "./paths.mjs";
import { run } from "./run.mjs";

/**
 * What the linter says and we mean otherwise. Paths that clients were written against stay, though `call-count/{userId}` reads like
 * `{id}/start`: an id has a prefix, so none can be meant for the other. And what anybody may ask, without input, cannot go wrong by it.
 */
const MEANT = {
	"no-ambiguous-paths": /\/(call-count|labels|purchase|assigned|imports)\b|\/export\b/,
	"operation-4xx-response": /~1(health|db-test|docs|auth~1providers)\//,
};

describe("the OpenAPI document", () => {
	before(makeOpenApi);

	it("is clean under every rule that the linter recommends, taken strictly", async () => {
		const config = await createConfig({ extends: ["recommended-strict"] });

		const problems = await lintFromString({ source: readFileSync(DOCUMENT, "utf8"), absoluteRef: DOCUMENT, config });

		const told = problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`);
		assert.deepEqual(
			told.filter((line) => !MEANT[line.split(":")[0]]?.test(line)),
			[],
		);
	});
});

describe("the types made of it", () => {
	const folder = join(ROOT, ".trunkline", "types");
	const sample = readFileSync(join(ROOT, "site", "src", "samples", "typed-client.txt"), "utf8");
	before(async () => {
		await makeOpenApi();
		mkdirSync(folder, { recursive: true });
	});
	after(() => rmSync(folder, { recursive: true, force: true }));

	it("fit the program that the documents show", async () => {
		assert.deepEqual(await complaintsAbout(sample), []);
	});

	for (const [mistake, wrong] of [
		["a path that is none", sample.replace('"/api/contacts"', '"/api/contakts"')],
		["a field that no contact has", sample.replace("data.nextCursor", "data.next")],
		["a body without what it needs", sample.replace("body: { from, to, body }", "body: { from, to: 1 }")],
		["an error that was not looked for", sample.replace("if (error) throw", "if (!error) throw")],
	])
		it(`refuse ${mistake}`, async () => {
			assert.notEqual(wrong, sample);
			assert.notDeepEqual(await complaintsAbout(wrong), []);
		});

	async function complaintsAbout(program) {
		writeFileSync(join(folder, "trunkline.d.ts"), readFileSync(TYPES));
		writeFileSync(join(folder, "program.ts"), program);
		const flags =
			"--noEmit --strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --skipLibCheck --ignoreConfig";
		const options = "--target es2024 --lib es2024,dom --module esnext --moduleResolution bundler --types node";
		const { output } = await run("tsc", [...`${flags} ${options}`.split(" "), join(folder, "program.ts")]);
		return output.split("\n").filter((line) => line.includes("error TS"));
	}
});
