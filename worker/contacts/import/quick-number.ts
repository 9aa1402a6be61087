import metadata from "libphonenumber-js/max/metadata";
import type { Phone } from "../../pure/phone";

/** The numbering plan of one country as libphonenumber has it, its patterns compiled once instead of at every number. */
interface Plan {
	country: string;
	general: RegExp;
	/** What may stand before a national number and must be taken off: left to libphonenumber itself. */
	prefix: RegExp | null;
	leading: RegExp | null;
	fixed: Kind | null;
	/** In the order in which libphonenumber asks. */
	others: Kind[];
}
interface Kind {
	name: string;
	pattern: RegExp;
	lengths: number[];
}

// Where METADATA.md of libphonenumber-js says that things are.
const GENERAL = 2;
const LENGTHS = 3;
const PREFIX = 5;
const PREFIX_FOR_PARSING = 7;
const LEADING_DIGITS = 10;
const TYPES = 11;
const NAMES = [
	"FIXED_LINE",
	"MOBILE",
	"TOLL_FREE",
	"PREMIUM_RATE",
	"PERSONAL_NUMBER",
	"VOICEMAIL",
	"UAN",
	"PAGER",
	"VOIP",
	"SHARED_COST",
];
/** Asked in this order when it is no fixed line. */
const ASKED = [
	"MOBILE",
	"PREMIUM_RATE",
	"TOLL_FREE",
	"SHARED_COST",
	"VOIP",
	"PERSONAL_NUMBER",
	"PAGER",
	"UAN",
	"VOICEMAIL",
];

/**
 * Reads a number in E.164, with or without spaces, dots or hyphens between its digits, many times as fast as libphonenumber and with the same result: null when it is not
 * valid. Undefined when only libphonenumber can tell.
 */
export function quickNumber(text: string): Pick<Phone, "e164" | "country" | "type"> | null | undefined {
	if (!/^\+[1-9]\d*(?:[ .-]\d+)*$/.test(text)) return undefined;
	const e164 = /[ .-]/.test(text) ? text.replace(/[ .-]/g, "") : text;
	if (e164.length < 8 || e164.length > 16) return undefined;
	const found = plansOf(e164);
	if (!found) return undefined;
	const { plans, national } = found;
	const [main] = plans;
	if (!main || national.length < 4) return undefined;
	const prefix = main.prefix?.exec(national);
	if (prefix && prefix[0] !== "") return undefined;
	if (plans.length === 1) return read(e164, main.country, typeIn(main, national));
	for (const plan of plans) {
		if (plan.leading) {
			if (plan.leading.test(national)) return read(e164, plan.country, typeIn(plan, national));
			continue;
		}
		const type = typeIn(plan, national);
		if (type) return read(e164, plan.country, type);
	}
	return undefined;
}

const read = (e164: string, country: string, type: string | null) => (type === null ? null : { e164, country, type });

function typeIn({ general, fixed, others }: Plan, national: string): string | null {
	if (!general.test(national)) return null;
	const fits = ({ pattern, lengths }: Kind) => lengths.includes(national.length) && pattern.test(national);
	if (fixed && fits(fixed)) {
		const mobile = others.find(({ name }) => name === "MOBILE");
		return !mobile || fits(mobile) ? "FIXED_LINE_OR_MOBILE" : "FIXED_LINE";
	}
	return others.find(fits)?.name ?? null;
}

const byCode = new Map<string, Plan[]>();

function plansOf(e164: string): { plans: Plan[]; national: string } | null {
	for (let end = 2; end <= 4; end++) {
		const code = e164.slice(1, end);
		let plans = byCode.get(code);
		if (!plans) {
			const countries = metadata.country_calling_codes[code];
			if (!countries) continue;
			plans = countries.flatMap((country) => planOf(country) ?? []);
			if (plans.length < countries.length) plans = []; // numbers of no country
			byCode.set(code, plans);
		}
		return { plans, national: e164.slice(end) };
	}
	return null;
}

function planOf(country: string): Plan | null {
	const plan = Object.entries(metadata.countries).find(([name]) => name === country)?.[1];
	const fields: unknown[] = Array.isArray(plan) ? plan : [];
	const general = whole(fields[GENERAL]);
	const types = list(fields[TYPES]);
	if (!general || types.length === 0) return null;
	const kinds = types.flatMap((fields, index) => {
		const [pattern, lengths] = list(fields);
		const regexp = whole(pattern);
		const known = list(lengths ?? plan?.[LENGTHS]).filter((length) => typeof length === "number");
		return regexp ? [{ name: NAMES[index] ?? "", pattern: regexp, lengths: known }] : [];
	});
	const prefix = fields[PREFIX_FOR_PARSING] || fields[PREFIX];
	return {
		country,
		general,
		prefix: start(prefix),
		leading: start(fields[LEADING_DIGITS]),
		fixed: kinds.find(({ name }) => name === "FIXED_LINE") ?? null,
		others: ASKED.flatMap((name) => kinds.find((kind) => kind.name === name) ?? []),
	};
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const whole = (pattern: unknown) => (typeof pattern === "string" && pattern ? new RegExp(`^(?:${pattern})$`) : null);
const start = (pattern: unknown) => (typeof pattern === "string" && pattern ? new RegExp(`^(?:${pattern})`) : null);
