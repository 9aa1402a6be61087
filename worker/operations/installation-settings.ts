import { inOneBatch } from "../db/client";
import { audit } from "../identity/audit/store";
import type { House, Scope } from "../scope";
import { InstallationSettings, type SettingsChange } from "./inputs";
import { findSettings, putSetting } from "./store";

/** What the administrators have decided for everybody. */
export async function readSettings({ db }: Pick<House, "db">): Promise<InstallationSettings> {
	const names = Object.keys(InstallationSettings.shape);
	return InstallationSettings.parse(await findSettings(db, names));
}

/** Changes what is named and leaves the rest. */
export async function changeSettings(scope: Scope, change: SettingsChange): Promise<InstallationSettings> {
	const named = Object.entries(change).filter(([, value]) => value !== undefined);
	if (named.length > 0)
		await inOneBatch(scope.db, [
			...named.map(([name, value]) => putSetting(scope.db, name, value)),
			audit(scope.db, scope, { action: "installation.changed", detail: change }),
		]);
	return readSettings(scope);
}
