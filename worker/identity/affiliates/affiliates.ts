import { brokenRule } from "../../db/guards";
import { notFound } from "../../errors";
import type { Scope } from "../../scope";
import { randomCrockford } from "../care4w-id";
import { makeAffiliate } from "../store";

/** Makes the person an affiliate with a referral code of its own. Who is one already keeps the code. */
export async function joinAffiliates(scope: Scope, tries = 3): Promise<void> {
	const { db, accountId, userId, now } = scope;
	try {
		if (!(await makeAffiliate(db, accountId, userId, randomCrockford(8), now()))) throw notFound("User");
	} catch (error) {
		if (brokenRule(error) !== "users.referral_code" || tries <= 1) throw error;
		await joinAffiliates(scope, tries - 1);
	}
}
