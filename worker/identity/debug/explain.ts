import * as z from "zod";
import type { House } from "../../scope";
import { isAdministrator } from "../administrators";
import { referrerOfAnyAccount } from "../affiliates/store";
import { emailKey } from "../inputs";
import { SignUpInput } from "../sessions/inputs";
import { findByEmailAnyAccount } from "../store";

export const Explanation = z.object({
	ok: z.boolean(),
	wrote: z.literal(false),
	steps: z.array(z.object({ step: z.string(), ok: z.boolean(), detail: z.unknown() })),
});
type Step = z.output<typeof Explanation>["steps"][number];

/** Says step by step what a sign-up with this body would do. Writes nothing. */
export async function explainSignUp(house: House, body: unknown): Promise<z.output<typeof Explanation>> {
	const read = SignUpInput.safeParse(body);
	if (!read.success) {
		const detail = read.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
		return { ok: false, wrote: false, steps: [{ step: "Check the input", ok: false, detail }] };
	}
	const { email, metadata } = read.data;
	const key = emailKey(email);
	const taken = await findByEmailAnyAccount(house.db, key);
	const steps: Step[] = [
		{ step: "Check the input", ok: true, detail: { email, ...metadata } },
		{ step: "Is the address free?", ok: !taken, detail: taken ? "There is an account with it: 409" : "Nobody has it" },
		{ step: "Hash the password", ok: true, detail: "scrypt N=16384, r=8, p=5, with pepper" },
		{ step: "Who referred?", ok: true, detail: await referral(house, metadata.referralCode) },
		{ step: "Write account, user, wallet and session in one batch", ok: !taken, detail: roleOf(house, key) },
		{ step: "Mail a link to confirm the address", ok: !taken, detail: `by ${house.mailer.name}` },
	];
	return { ok: steps.every(({ ok }) => ok), wrote: false, steps };
}

async function referral({ db }: House, code: string | undefined): Promise<string> {
	if (code === undefined) return "Nobody";
	return (await referrerOfAnyAccount(db, code)) ?? "A code that nobody has; the sign-up goes on without";
}

function roleOf({ settings }: House, key: string): string {
	const isAdmin = isAdministrator(settings, { isAdmin: false, emailKey: key, emailVerifiedAt: null });
	return isAdmin ? "owner, and administrator by ADMIN_EMAILS" : "owner";
}
