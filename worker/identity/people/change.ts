import { notFound } from "../../errors";
import type { Scope } from "../../scope";
import { changeUser, findUser, type User } from "../store";
import type { ProfileChanges, SettingsChanges } from "./inputs";
import { notificationsOf } from "./wire";

/** The user that the scope acts for. */
export async function readUser({ db, accountId, userId }: Scope): Promise<User> {
	return found(await findUser(db, accountId, userId));
}

export async function changeProfile(scope: Scope, { userId: _, ...changes }: ProfileChanges): Promise<User> {
	return found(await changeUser(scope.db, scope.accountId, scope.userId, changes, scope.now()));
}

export async function changeSettings(
	scope: Scope,
	{ userId: _, notifications, ...changes }: SettingsChanges,
): Promise<User> {
	const news = notifications && { notifications: { ...notificationsOf(await readUser(scope)), ...notifications } };
	return found(await changeUser(scope.db, scope.accountId, scope.userId, { ...changes, ...news }, scope.now()));
}

function found(user: User | undefined): User {
	if (!user) throw notFound("User");
	return user;
}
