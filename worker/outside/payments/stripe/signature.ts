import Stripe from "stripe";
import { ForgedEvent } from "../payments";

/** How old a signature may be, and how far ahead of our clock: against replays. */
const TOLERANCE_SECONDS = 300;

/** The body's JSON, once one of the secrets (separated by commas while they are being changed) is found to have signed it. */
export async function readSigned(
	secrets: string | undefined,
	{ rawBody, signature, now }: { rawBody: string; signature: string; now: number },
): Promise<unknown> {
	const at = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature)?.[1]);
	if (!Number.isFinite(at) || Math.abs(at - now / 1000) > TOLERANCE_SECONDS)
		throw new ForgedEvent("The signature is missing, too old, or from the future");
	for (const secret of (secrets ?? "").split(",").filter(Boolean))
		try {
			const provider = Stripe.createSubtleCryptoProvider();
			// The library checks the age against the machine's clock; it was checked above against ours.
			return await Stripe.webhooks.constructEventAsync(
				rawBody,
				signature,
				secret.trim(),
				Number.MAX_SAFE_INTEGER,
				provider,
			);
		} catch (error) {
			if (!(error instanceof Stripe.errors.StripeSignatureVerificationError))
				throw new ForgedEvent("Not an event", { cause: error });
		}
	throw new ForgedEvent("Not signed with a secret of ours");
}
