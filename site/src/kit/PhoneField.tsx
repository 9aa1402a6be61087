import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { homeCountry } from "../lib/countries";
import { CountrySelect } from "./CountrySelect";
import { Field } from "./Field";

// The numbering plans are 36 kB: they come with the first focus, not with the page.
const plans = () => import("libphonenumber-js/min");

interface Props {
	label: string;
	hint?: ComponentChildren;
	error?: string | undefined;
	optional?: boolean;
	autofocus?: boolean;
	/** What stands there at first, as somebody wrote it. */
	given?: string;
	/** The number in E.164 as soon as it is one, null while it is not. */
	onPhone: (e164: string | null) => void;
	onBlur?: () => void;
}

/** A telephone number as a person writes it, in a country or with its own +code. */
export function PhoneField({ label, hint, error, optional, autofocus, given = "", onPhone, onBlur }: Props) {
	const country = useSignal(homeCountry());
	const text = useSignal("");
	const problem = useSignal("");
	const told = useRef<string | null>(null);
	const tell = (e164: string | null) => {
		told.current = e164;
		onPhone(e164);
	};

	async function read(typed: string, code: string) {
		text.value = typed;
		problem.value = "";
		if (!typed.trim()) return tell(null);
		const { parsePhoneNumberFromString } = await plans();
		if (text.peek() !== typed) return;
		const parsed = parsePhoneNumberFromString(typed, { defaultCountry: code as "US", extract: false });
		if (parsed?.country && parsed.country !== code) country.value = parsed.country;
		tell(parsed?.isValid() && !parsed.ext ? parsed.number : null);
	}

	async function settle() {
		const { parsePhoneNumberFromString } = await plans();
		const parsed = parsePhoneNumberFromString(text.value, { defaultCountry: country.value as "US", extract: false });
		if (parsed?.isValid()) {
			text.value = parsed.formatInternational();
			// Whoever leaves the field before the plans are there leaves before the number was read.
			const number = parsed.ext ? null : parsed.number;
			if (told.current !== number) tell(number);
		} else if (text.value.trim()) problem.value = "This is not a complete number in that country.";
		onBlur?.();
	}

	useEffect(() => {
		if (given) void read(given, country.peek());
	}, []);

	return (
		<div class="grid grid-cols-[10.5rem_1fr] items-start gap-2 max-sm:grid-cols-1">
			<Field label="Country">
				<CountrySelect
					calling
					value={country.value}
					onPick={(code) => {
						country.value = code;
						void read(text.value, code);
					}}
				/>
			</Field>
			<Field label={label} hint={hint} error={error || problem.value || undefined} {...(optional ? { optional } : {})}>
				<input
					class="input phone"
					type="tel"
					autocomplete="tel"
					inputMode="tel"
					maxLength={40}
					autofocus={autofocus}
					value={text}
					onFocus={() => void plans()}
					onInput={(event) => void read(event.currentTarget.value, country.value)}
					onBlur={settle}
				/>
			</Field>
		</div>
	);
}
