import type { Settings } from "../env";

/** What decides whether somebody runs this installation. */
export interface Candidate {
	isAdmin: boolean;
	emailKey: string;
	emailVerifiedAt: number | null;
}

/** True for those whom the database or ADMIN_EMAILS names; an address counts once it is verified, in development at once. */
export function isAdministrator(settings: Settings, who: Candidate): boolean {
	if (who.isAdmin) return true;
	const proven = who.emailVerifiedAt !== null || settings.ENVIRONMENT !== "production";
	return proven && settings.ADMIN_EMAILS.includes(who.emailKey);
}
