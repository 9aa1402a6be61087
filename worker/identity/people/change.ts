import { notFound } from "../../errors";
import type { Scope } from "../../scope";
import { countReferred } from "../affiliates/store";
import { changeUser, findUser, type User } from "../store";
import type { ProfileChanges, SettingsChanges } from "./inputs";
import { notificationsOf } from "./wire";

/** The user that the scope acts for. */
export async function readUser({ db, accountId, userId }: Scope): Promise<User> {
	return found(await findUser(db, accountId, userId));
}

/** How many signed up with the user's code; asks only for those who have one. */
export async function referredBy({ db }: Scope, user: User): Promise<number> {
	return user.isAffiliate ? countReferred(db, user.id) : 0;
}

export async function changeProfile(scope: Scope, { userId: _, ...changes }: ProfileChanges): Promise<User> {
	return found(await changeUser(scope.db, scope.accountId, scope.userId, changes, scope.now()));
}

export async function changeSettings(
	scope: Scope,
	{ userId: _, notifications, discoverable, ...changes }: SettingsChanges,
): Promise<User> {
	const news = notifications && { notifications: { ...notificationsOf(await readUser(scope)), ...notifications } };
	return found(
		await changeUser(
			scope.db,
			scope.accountId,
			scope.userId,
			{ ...changes, ...news, isDiscoverable: discoverable },
			scope.now(),
		),
	);
}

function found(user: User | undefined): User {
	if (!user) throw notFound("User");
	return user;
}
