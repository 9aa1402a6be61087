declare namespace Cloudflare {
	interface Env extends Readonly<import("../env").Env> {
		readonly TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
	}
	interface GlobalProps {
		mainModule: typeof import("../index");
	}
}
