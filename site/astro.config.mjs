import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import cloudflare from "@astrojs/cloudflare";
import preact from "@astrojs/preact";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "astro/config";

const building = process.argv.includes("build");
const themeScript = readFileSync(new URL("./src/lib/theme-first.js", import.meta.url), "utf8");
const hashOf = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

export default defineConfig({
	output: "static",
	session: false, // the adapter would add a KV binding for sessions that nobody uses
	// In `astro dev` the adapter takes WebSocket upgrades away from the proxy below.
	...(building ? { adapter: cloudflare({ imageService: "passthrough", prerenderEnvironment: "node" }) } : {}),
	integrations: [preact()],
	markdown: { syntaxHighlight: false },
	site: "https://trunkline.example",
	trailingSlash: "ignore",
	build: { format: "file", inlineStylesheets: "never" },
	prefetch: false, // pages of the desk are a few kB and the reading pages run no script at all
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
		plugins: [tailwindcss({ optimize: false })],
		build: { cssTarget: ["chrome120", "firefox128", "safari17.4"], modulePreload: false },
		server: { proxy: { "/api": { target: "http://127.0.0.1:8787", ws: true }, "/media": "http://127.0.0.1:8787" } },
	},
});
