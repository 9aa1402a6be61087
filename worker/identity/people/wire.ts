import * as z from "zod";
import type { Settings } from "../../env";
import { isAdministrator } from "../administrators";
import type { User } from "../store";

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

/** A user's profile as the contract prints it. */
export function profileOnWire(settings: Settings, user: User, referredSignUps: number) {
	return {
		id: user.id,
		userId: user.id,
		accountId: user.accountId,
		role: user.role,
		email: user.email,
		emailVerified: user.emailVerifiedAt !== null,
		fullName: user.fullName,
		avatarUrl: user.avatarUrl,
		companyName: user.companyName,
		timeZone: user.timeZone,
		care4wId: user.care4wId,
		isAdmin: isAdministrator(settings, user),
		isAffiliate: user.isAffiliate,
		referralCode: user.referralCode,
		referralLink: user.referralCode && `${settings.PUBLIC_BASE_URL}/signup?ref=${user.referralCode}`,
		referredSignUps,
		passwordIsTemporary: user.passwordIsTemporary,
		createdAt: iso(user.createdAt),
		updatedAt: iso(user.updatedAt),
	};
}

const Notifications = z.record(z.string(), z.boolean());

/** What somebody gets told of, until they say otherwise. */
export const USUAL_NOTIFICATIONS = { messages: true, missedCalls: true, campaigns: true, balance: true, email: true };

export function notificationsOf(user: User): Record<string, boolean> {
	return { ...USUAL_NOTIFICATIONS, ...Notifications.parse(user.notifications) };
}

/** A user's own settings. */
export function settingsOnWire(user: User) {
	return {
		settings: {
			personalPhoneNumber: user.personalE164,
			phonePromptDismissedAt: isoOrNull(user.phonePromptDismissedAt),
			care4wId: user.care4wId,
			theme: user.theme,
			timeZone: user.timeZone,
			country: user.country,
			discoverable: user.isDiscoverable,
			notifications: notificationsOf(user),
		},
	};
}
