declare namespace Cloudflare {
	interface Env extends Readonly<import("../env").Env> {
		readonly TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
		/** Holds what the API answers against what it says of itself. */
		readonly WITNESS: Fetcher;
	}
	interface GlobalProps {
		mainModule: typeof import("../index");
	}
}
