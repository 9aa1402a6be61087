import * as z from "zod";
import { formatPhone } from "../../pure/phone";

export interface Wording {
	title: string;
	text: string;
}

const Detail = z.looseObject({
	availableMicros: z.number().optional(),
	e164: z.string().optional(),
	amountMicros: z.number().optional(),
	releaseAt: z.number().optional(),
	url: z.string().optional(),
	reason: z.string().nullish(),
});
type Detail = z.output<typeof Detail>;

const dollars = (micros = 0) => `$${(micros / 1_000_000).toFixed(2)}`;
const day = (at = 0) => new Date(at).toISOString().slice(0, 10);
const number = ({ e164 = "" }: Detail) => formatPhone(e164);

const WORDINGS: Record<string, (detail: Detail) => Wording> = {
	low_balance: ({ availableMicros }) => ({
		title: "Your balance is low",
		text: `There is ${dollars(availableMicros)} left in your wallet. Top it up so that calls, messages and numbers go on.`,
	}),
	rent_unpaid: (detail) => ({
		title: `The rent for ${number(detail)} could not be paid`,
		text: `The balance does not cover ${dollars(detail.amountMicros)} for another month of ${number(detail)}. Top up your wallet, or the number will be released on ${day(detail.releaseAt)}.`,
	}),
	rent_last_notice: (detail) => ({
		title: `${number(detail)} will be released soon`,
		text: `The rent for ${number(detail)} is still unpaid. It will be released on ${day(detail.releaseAt)}, and somebody else can then have it. Top up your wallet to keep it.`,
	}),
	number_released: (detail) => ({
		title: `${number(detail)} was released`,
		text: `The rent for ${number(detail)} was not paid, so the number was given back.`,
	}),
	payment_failed: (detail) => ({
		title: "A payment failed",
		text: `A payment of ${dollars(detail.amountMicros)} did not go through. Check your way of paying.`,
	}),
	assistants_stopped: (detail) => ({
		title: "Your assistants answer no calls any more",
		text: `The balance did not cover the last call to ${number(detail)}. Calls follow each number's routing until you top up your wallet and connect the assistants again.`,
	}),
	webhook_disabled: ({ url = "", reason }) => ({
		title: "A webhook was switched off",
		text: `${reason === "gone" ? `${url} answered that it is gone for good (410)` : `Nothing that we sent to ${url} has arrived for days`}, so it is switched off. Put it right and switch it on again under Settings, Webhooks.`,
	}),
};

/** What a notice says to people. */
export function wordingOf(kind: string, detail: unknown): Wording {
	const { title, text } = WORDINGS[kind]?.(Detail.parse(detail)) ?? { title: kind.replaceAll("_", " "), text: "" };
	return { title, text };
}
