import { useSignal } from "@preact/signals";
import { Confirm } from "../../kit/Confirm";
import { Field } from "../../kit/Field";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { countries } from "../../lib/countries";
import { tell } from "../../lib/toasts";
import type { Price } from "../../lib/wire";
import { money } from "../../lib/words";

export const ITEMS: [Price["item"], string][] = [
	["number_month", "A number for a month"],
	["call_minute", "A minute of a call"],
	["assistant_minute", "A minute with an assistant"],
	["sms_segment", "A segment of a text"],
	["mms", "A picture message"],
	["whatsapp", "A WhatsApp message"],
];
const TYPES: [Price["lineType"], string][] = [
	["*", "Any type"],
	["local", "Local"],
	["mobile", "Mobile"],
	["tollfree", "Toll-free"],
];

interface Props {
	/** Null: a new one. */
	price: Price | null;
	item: Price["item"];
	onClose: () => void;
}

/** Sets what a thing costs from now on, for a country and a type of line. */
export function PriceDialog({ price, item, onClose }: Props) {
	const country = useSignal(price?.country ?? "US");
	const lineType = useSignal<Price["lineType"]>(price?.lineType ?? "*");
	const dollars = useSignal(price ? String(price.amountMicros / 1_000_000) : "");
	const micros = Math.round(Number(dollars.value.replace(",", ".")) * 1_000_000);
	const usable = dollars.value.trim() !== "" && Number.isFinite(micros) && micros >= 0 && micros <= 1_000_000_000;

	async function save() {
		const json = { item, country: country.value, lineType: lineType.value, amountMicros: micros };
		await said(api.admin.prices.$put({ json }));
		await changed("prices", "offers");
		tell(`The price is ${money(micros)} now.`);
	}

	return (
		<Confirm
			title={price ? "Change price" : "Add a price"}
			verb="Save price"
			busyWord="Saving…"
			disabled={!usable}
			act={save}
			onClose={onClose}
		>
			<div class="flex flex-col gap-3">
				<Field label="Country">
					<select
						class="select"
						value={country.value}
						disabled={price !== null}
						onChange={(event) => {
							country.value = event.currentTarget.value;
						}}
					>
						<option value="*">Everywhere else</option>
						{countries().map(({ code, name }) => (
							<option key={code} value={code}>
								{name}
							</option>
						))}
					</select>
				</Field>
				<Field label="Type of line">
					<select
						class="select"
						value={lineType.value}
						disabled={price !== null}
						onChange={(event) => {
							lineType.value = TYPES.find(([name]) => name === event.currentTarget.value)?.[0] ?? "*";
						}}
					>
						{TYPES.map(([name, word]) => (
							<option key={name} value={name}>
								{word}
							</option>
						))}
					</select>
				</Field>
				<Field label="Price in US dollars" hint="To a millionth of a dollar. What is rented already keeps its price.">
					<input
						class="input num"
						inputMode="decimal"
						value={dollars}
						onInput={(event) => {
							dollars.value = event.currentTarget.value;
						}}
					/>
				</Field>
			</div>
		</Confirm>
	);
}
