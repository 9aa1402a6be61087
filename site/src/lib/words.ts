// The site speaks English; how it writes dates and numbers follows the kind of English that the browser prefers.
const LOCALE = (typeof navigator === "undefined" ? [] : navigator.languages).find((tag) => /^en\b/i.test(tag)) ?? "en";
const EXACT_BELOW_MICROS = 1_000_000;

/** Micros as money. Amounts under one unit keep up to four decimals, because a call's minute costs less than a cent. */
export function money(micros: number, currency = "USD"): string {
	const small = micros !== 0 && Math.abs(micros) < EXACT_BELOW_MICROS && micros % 10_000 !== 0;
	return new Intl.NumberFormat(LOCALE, {
		style: "currency",
		currency,
		currencyDisplay: "narrowSymbol",
		minimumFractionDigits: 2,
		maximumFractionDigits: small ? 4 : 2,
	}).format(micros / 1_000_000);
}

export function count(value: number): string {
	return new Intl.NumberFormat(LOCALE).format(value);
}

/** "1 contact", "2 contacts". */
export function counted(value: number, one: string, many = `${one}s`): string {
	return `${count(value)} ${new Intl.PluralRules(LOCALE).select(value) === "one" ? one : many}`;
}

export function day(iso: string): string {
	return new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" }).format(new Date(iso));
}

/** "4 Mar, 9:43"; with its year, where that is another one. */
export function moment(iso: string): string {
	const at = new Date(iso);
	return new Intl.DateTimeFormat(LOCALE, {
		day: "numeric",
		month: "short",
		...(at.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" }),
		hour: "numeric",
		minute: "2-digit",
	}).format(at);
}

export function clock(iso: string): string {
	return new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit", second: "2-digit" }).format(
		new Date(iso),
	);
}

/** "9:43". */
export function hour(iso: string): string {
	return new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit" }).format(new Date(iso));
}

/** "Monday" or "Mon". */
export function weekday(iso: string, width: "long" | "short"): string {
	return new Intl.DateTimeFormat(LOCALE, { weekday: width }).format(new Date(iso));
}

/** The time where somebody else is: "Mon 17:43". */
export function clockThere(timeZone: string, now = Date.now()): string {
	return new Intl.DateTimeFormat(LOCALE, { timeZone, weekday: "short", hour: "numeric", minute: "2-digit" }).format(
		now,
	);
}

/** Whether it is between 8 in the morning and 9 in the evening somewhere else: when strangers may be called in most places. */
export function isDecentThere(timeZone: string, now = Date.now()): boolean {
	const there = new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" }).format(now);
	return Number(there) >= 8 && Number(there) < 21;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
	["day", 86_400],
	["hour", 3_600],
	["minute", 60],
];

/** "3 minutes ago", "in 2 hours"; within the minute "just now". */
export function ago(iso: string | null, now = Date.now()): string {
	if (iso === null) return "";
	const seconds = (new Date(iso).getTime() - now) / 1000;
	for (const [unit, length] of STEPS)
		if (Math.abs(seconds) >= length)
			return new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }).format(Math.round(seconds / length), unit);
	return "just now";
}

/** 75 -> "1:15". */
export function length(seconds: number): string {
	const whole = Math.max(0, Math.round(seconds));
	const hours = Math.floor(whole / 3600);
	const minutes = Math.floor(whole / 60) % 60;
	const rest = String(whole % 60).padStart(2, "0");
	return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

export function country(code: string): string {
	if (!/^[A-Z]{2}$/i.test(code)) return code;
	return new Intl.DisplayNames([LOCALE], { type: "region" }).of(code.toUpperCase()) ?? code;
}

/** A number keeps its order in a list of choices too, whose lines no style reaches. */
export function leftToRight(text: string): string {
	return `\u200e${text}`;
}
