import { createHash } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import cloudflare from "@astrojs/cloudflare";
import preact from "@astrojs/preact";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "astro/config";
import { DOCUMENT, makeOpenApi, TYPES } from "../worker/local/openapi.mjs";
import { namePreloads } from "./preloads.mjs";

const building = process.argv.includes("build");
const themeScript = readFileSync(new URL("./src/lib/theme-first.js", import.meta.url), "utf8");
const hashOf = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

const MIXED = "@supports \\(color:color-mix\\(in lab, red, red\\)\\)\\{";
const REPLACED = new RegExp(`([a-z-]+):[^;{}]*;${MIXED}((?:-webkit-)?\\1:[^{}]*)\\}`, "g");
const ALONE = new RegExp(`${MIXED}([^{}]*)\\}`, "g");

/** Tailwind writes every mixed colour twice, for browsers that it does not support any more; a browser that could use the first has none of the rest. */
const mixedOnce = {
	name: "mixed-once",
	enforce: "post",
	generateBundle(_, bundle) {
		for (const asset of Object.values(bundle))
			if (asset.fileName.endsWith(".css"))
				asset.source = String(asset.source)
					.replace(REPLACED, "$2;")
					.replace(ALONE, "$1;")
					.replaceAll(/;{2,}/g, ";")
					.replaceAll(";}", "}");
	},
};

/** What the API says of itself, for the pages that show it and as files of the site; with it the types that are made of it. */
const openApi = {
	name: "openapi",
	hooks: {
		"astro:config:setup": makeOpenApi,
		"astro:build:done": ({ dir }) => {
			for (const file of [DOCUMENT, TYPES]) copyFileSync(file, new URL(basename(file), dir));
		},
	},
};

const preloads = { name: "preloads", hooks: { "astro:build:done": ({ dir }) => namePreloads(dir) } };

/** What every island of the desk stands on: one script each instead of one for every file. */
const EVERYWHERE = [
	{ name: "preact", test: /node_modules\/(preact|@preact)\// },
	{
		name: "ground",
		test: /src\/lib\/(api|cache|refusal|send|session|use-read|words|toasts|live|wire)\.ts$|kit\/(later|Skeleton)\.tsx$/,
	},
	{ name: "kit", test: /src\/kit\/(Action|Trouble|Empty|State|Field)\.tsx$|src\/lib\/(reads|changes)\.ts$/ },
	{ name: "icons", test: /node_modules\/lucide-preact\//, minShareCount: 10 },
];

export default defineConfig({
	output: "static",
	session: false, // the adapter would add a KV binding for sessions that nobody uses
	// In `astro dev` the adapter takes WebSocket upgrades away from the proxy below.
	...(building ? { adapter: cloudflare({ imageService: "passthrough", prerenderEnvironment: "node" }) } : {}),
	integrations: [preact(), openApi, preloads],
	markdown: { syntaxHighlight: false },
	site: "https://trunkline.example",
	trailingSlash: "ignore",
	build: { format: "file", inlineStylesheets: "never" },
	prefetch: false, // it would put a script into the reading pages; lib/desk asks for what a pointer rests on
	redirects: { "/inbox": "/chat" },
	devToolbar: { enabled: false },
	security: {
		csp: {
			directives: [
				"default-src 'self'",
				"img-src 'self' data: blob: https:", // avatars may live anywhere on https
				"media-src 'self' blob:",
				"connect-src 'self'",
				"font-src 'none'",
				"object-src 'none'",
				"base-uri 'none'",
				"form-action 'self'",
			],
			scriptDirective: { hashes: [hashOf(themeScript)] },
		},
	},
	vite: {
		// Vite minifies; Tailwind's own pass would double every colour for browsers that lack color-mix.
		plugins: [tailwindcss({ optimize: false }), mixedOnce],
		build: { cssTarget: ["chrome120", "firefox128", "safari17.4"], modulePreload: false },
		environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: EVERYWHERE } } } } } },
		server: { proxy: { "/api": { target: "http://127.0.0.1:8787", ws: true }, "/media": "http://127.0.0.1:8787" } },
	},
});
