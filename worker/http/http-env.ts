import type { Env } from "../env";
import type { House, Scope } from "../scope";

/** What the middlewares leave for the routes. `scope` is there behind `signedIn` only. */
export interface HttpEnv {
	Bindings: Env;
	Variables: {
		requestId: string;
		/** Not there when the settings are not usable. */
		house: House;
		scope: Scope;
	};
}
