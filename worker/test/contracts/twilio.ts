// What Twilio's prose demands beyond its OpenAPI description. Runs in workerd and in Node.
import { contractOf, type Match, type OpenApi, type Verdict, type Wire } from "./openapi.ts";

const CALL_EVENTS = ["initiated", "ringing", "answered", "completed"];
const LONGEST = new Map<string, number>(
	Object.entries({ FriendlyName: 64, Body: 1600, SendDigits: 32, SipAuthUsername: 255, SipAuthPassword: 255 }),
);
const ONE_OF = new Map<string, string[][]>(
	Object.entries({
		CreateCall: [["Url", "Twiml", "ApplicationSid"]],
		CreateIncomingPhoneNumber: [["PhoneNumber", "AreaCode"]],
		CreateMessage: [
			["From", "MessagingServiceSid"],
			["Body", "MediaUrl", "ContentSid"],
		],
	}),
);
const WORDS = new Map<string, string[]>(
	Object.entries({
		StatusCallbackEvent: CALL_EVENTS,
		MachineDetection: ["Enable", "DetectMessageEnd"],
		AsyncAmd: ["true", "false"],
	}),
);
const RANGE = new Map<string, [least: number, most: number]>(
	Object.entries({
		Timeout: [1, 600],
		TimeLimit: [1, 86_400],
		MachineDetectionTimeout: [3, 59],
		ValidityPeriod: [1, 36_000],
	}),
);

/** Judges requests as Twilio does: by its OpenAPI description, and by the rules that only its prose tells. */
export function twilioContract(document: OpenApi): (wire: Wire) => Verdict {
	const judge = contractOf(document);
	return (wire) => {
		const { match, violations } = judge(wire);
		return { match, violations: match ? [...violations, ...proseOf(match)] : violations };
	};
}

function proseOf({ operationId, form, query }: Match): string[] {
	const names = new Set(form.map(([name]) => name));
	const lacking = (ONE_OF.get(operationId) ?? []).filter((choice) => !choice.some((name) => names.has(name)));
	const contains = query.find(([name]) => name === "Contains")?.[1];
	return [
		...lacking.map((choice) => `form: one of ${choice.join(", ")} is required`),
		...form.flatMap(([name, text]) => wordsOn(name, text)),
		...(contains === undefined || isPattern(contains) ? [] : [`query: Contains is no pattern: ${contains}`]),
	];
}

function wordsOn(name: string, text: string): string[] {
	const longest = LONGEST.get(name);
	const words = WORDS.get(name);
	const range = RANGE.get(name);
	if (longest !== undefined && text.length > longest) return [`form: ${name} is longer than ${longest}`];
	if (words && !words.includes(text)) return [`form: ${name} is none of ${words.join(", ")}: ${text}`];
	if (range && !(Number(text) >= range[0] && Number(text) <= range[1]))
		return [`form: ${name} is not within ${range.join(" and ")}`];
	return [];
}

/** 2 to 16 characters, at least two of them no wildcards, and no wildcard between two of those. */
function isPattern(contains: string): boolean {
	return contains.length >= 2 && contains.length <= 16 && /^\+?[*%]*[0-9a-z]{2,}[*%]*\$?$/i.test(contains);
}
