import { useSignal } from "@preact/signals";
import { Phone } from "lucide-preact";
import { CountrySelect } from "../../kit/CountrySelect";
import { Field } from "../../kit/Field";
import { homeCountry } from "../../lib/countries";
import { numbersQuery, settingsQuery } from "../../lib/reads";
import { useRead } from "../../lib/use-read";
import { KeyPad } from "./KeyPad";
import { phone } from "./lazy";
import { People } from "./People";
import { type Key, keyTone } from "./sounds";
import { line, overCarrier, trouble } from "./state";
import { calleeOf } from "./whom";

// The numbering plans come with the first focus.
const plans = () => import("libphonenumber-js/min");

/** A number in a country, or a call identity; from this browser, or over a line of one's own. */
export function DialForm() {
	const input = useSignal("");
	const country = useSignal(homeCountry());
	const from = useSignal("");
	const numbers = useRead(numbersQuery);
	const settings = useRead(settingsQuery);
	const lines = (numbers.data ?? []).filter(({ isActive, capabilities }) => isActive && capabilities.includes("Voice"));
	const own = settings.data?.settings.personalPhoneNumber;
	const ways: [string, string][] = [
		...(overCarrier.value && lines.length > 0 ? [] : [["", "This browser, to another"] as [string, string]]),
		...lines.flatMap(({ number, formatted }): [string, string][] => [
			[`browser ${number}`, `${formatted}, from here`],
			...(own ? [[`phone ${number}`, `${formatted}, my telephone rings first`] as [string, string]] : []),
		]),
	];
	const way = ways.some(([name]) => name === from.value) ? from.value : (ways[0]?.[0] ?? "");
	const ready = way.startsWith("phone") || line.value === "on";

	async function read(typed: string) {
		input.value = typed;
		if (!typed.trim().startsWith("+")) return;
		const { parsePhoneNumberFromString } = await plans();
		const found = parsePhoneNumberFromString(typed, { extract: false })?.country;
		if (found && input.peek() === typed) country.value = found;
	}
	async function call(event: Event) {
		event.preventDefault();
		if (!input.value.trim()) return;
		const [callee, { dial, dialOver }] = await Promise.all([calleeOf(input.value, country.value), phone()]);
		const [via, number] = way.split(" ");
		if (number) await dialOver(number, callee, via === "phone" ? "phone" : "browser");
		else await dial(callee);
	}
	const press = (key: Key) => {
		keyTone(key);
		void read(input.value + key);
	};
	return (
		<form class="flex flex-wrap items-start gap-x-5 gap-y-3 pb-2" onSubmit={call}>
			<div class="grid w-full min-w-0 gap-2 sm:max-w-md">
				<div class="grid grid-cols-[8.5rem_minmax(0,1fr)] items-end gap-2">
					<Field label="Country">
						<CountrySelect
							calling
							value={country.value}
							onPick={(code) => {
								country.value = code;
							}}
						/>
					</Field>
					<label class="grid min-w-0 gap-1">
						<span class="truncate text-sm font-medium">Phone number or call identity</span>
						<input
							class="input phone"
							name="callee"
							inputMode="tel"
							autocomplete="off"
							maxLength={40}
							placeholder="+1 415 555 2671"
							value={input}
							onFocus={() => void plans()}
							onInput={(event) => void read(event.currentTarget.value)}
						/>
					</label>
				</div>
				<div class="flex items-end gap-2">
					{ways.length > 1 && (
						<label class="grid min-w-0 flex-1 gap-1">
							<span class="text-sm font-medium">Call from</span>
							<select
								class="select"
								value={way}
								onChange={(event) => {
									from.value = event.currentTarget.value;
								}}
							>
								{ways.map(([name, word]) => (
									<option key={name} value={name}>
										{word}
									</option>
								))}
							</select>
						</label>
					)}
					<button key="call" type="submit" class="btn btn-success" disabled={!ready}>
						<Phone size={16} aria-hidden /> Call
					</button>
				</div>
				{overCarrier.value && numbers.data && lines.length === 0 && (
					<p class="text-muted text-xs">
						Calls go over the carrier, from a number of yours.{" "}
						<a class="link" href="/numbers/buy">
							Get a number
						</a>{" "}
						to call telephones; call identities can be called without.
					</p>
				)}
			</div>
			<KeyPad onKey={press} />
			<People
				typed={input.value}
				onPick={(number) => {
					trouble.value = "";
					void read(number);
				}}
			/>
		</form>
	);
}
