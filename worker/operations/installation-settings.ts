import { inOneBatch } from "../db/client";
import { audit } from "../identity/audit/store";
import type { House, Scope } from "../scope";
import { InstallationSettings, type SettingsChange } from "./inputs";
import { findSetting, putSetting } from "./store";

/** What the administrators have decided for everybody. */
export async function readSettings({ db }: Pick<House, "db">): Promise<InstallationSettings> {
	return InstallationSettings.parse({ legalHours: await findSetting(db, "legalHours") });
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
