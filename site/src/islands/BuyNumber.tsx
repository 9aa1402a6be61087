import { navigate } from "astro:transitions/client";
import { useSignal } from "@preact/signals";
import { SearchX } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { CountrySelect } from "../kit/CountrySelect";
import { Empty } from "../kit/Empty";
import { Field } from "../kit/Field";
import { later } from "../kit/later";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { api, said } from "../lib/api";
import { homeCountry } from "../lib/countries";
import { useRead } from "../lib/use-read";
import type { NumberOffer, SearchQuery } from "../lib/wire";
import { counted, country as countryName, money } from "../lib/words";
import { Abilities } from "./numbers/Abilities";
import type { Wish } from "./numbers/BatchDialog";

const PurchaseDialog = later(() => import("./numbers/PurchaseDialog").then((part) => part.PurchaseDialog));
const BatchDialog = later(() => import("./numbers/BatchDialog").then((part) => part.BatchDialog));

const TYPES = [
	["local", "Local"],
	["mobile", "Mobile"],
	["tollfree", "Toll-free"],
] as const;
const ABILITIES = [
	["voice", "Voice"],
	["sms", "SMS"],
	["mms", "MMS"],
] as const;

const NAMES = ["country", "type", "areaCode", "contains", "voice", "sms", "mms"] as const;
type Wanted = Partial<Record<(typeof NAMES)[number], string>>;

function wantedFrom(search: string): Wanted {
	const given = new URLSearchParams(search);
	const known = NAMES.flatMap((name) => (given.get(name) ? [[name, given.get(name)]] : []));
	return { country: homeCountry(), type: "local", ...Object.fromEntries(known) };
}

/** What is wanted, without what is left open. The server checks the words; they may come from an address that somebody typed. */
function queryFrom({ country = "US", ...wanted }: Wanted): SearchQuery {
	const asked = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value));
	return { country, ...asked };
}

/** Searches the carrier's stock as you type, and buys. What is wanted stands in the address, so it can be shared and comes back. */
export function BuyNumber() {
	const wanted = useSignal<Wanted>(wantedFrom(location.search));
	const asked = useSignal<SearchQuery | null>(null);
	const choosing = useSignal<NumberOffer | null>(null);
	const several = useSignal<{ wish: Wish; price: number } | null>(null);

	useEffect(() => {
		const query = queryFrom(wanted.value);
		const timer = setTimeout(
			() => {
				asked.value = query;
				history.replaceState(
					history.state,
					"",
					`?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`,
				);
			},
			asked.value ? 300 : 0,
		);
		return () => clearTimeout(timer);
	}, [wanted.value]);

	const offers = useRead({
		key: ["offers", asked.value],
		read: () => said(api["phone-numbers"].search.$get({ query: asked.value ?? queryFrom({}) })),
		enabled: asked.value !== null,
		keepOld: true,
	});
	const set = (name: (typeof NAMES)[number], value: string) => {
		wanted.value = { ...wanted.value, [name]: value };
	};

	return (
		<div class="grid items-start gap-6 lg:grid-cols-[17rem_minmax(0,1fr)]">
			<form class="card flex flex-col gap-4 p-4" aria-label="Search" onSubmit={(event) => event.preventDefault()}>
				<Field label="Country">
					<CountrySelect value={wanted.value.country ?? "US"} onPick={(code) => set("country", code)} />
				</Field>
				<fieldset>
					<legend class="mb-1 text-sm font-medium">Type</legend>
					<div class="grid grid-cols-3 gap-1 rounded-field bg-base-200 p-1">
						{TYPES.map(([type, word]) => (
							<label
								key={type}
								class="relative has-checked:bg-base-100 has-checked:line has-focus-visible:outline-primary flex h-8 items-center justify-center rounded border border-transparent text-sm has-checked:font-medium has-focus-visible:outline-2 max-sm:h-11"
							>
								<input
									type="radio"
									name="type"
									class="cover"
									value={type}
									checked={wanted.value.type === type}
									onChange={() => set("type", type)}
								/>
								{word}
							</label>
						))}
					</div>
				</fieldset>
				<div class="grid grid-cols-2 gap-3">
					<Field label="Area code">
						<input
							class="input num"
							inputMode="numeric"
							maxLength={6}
							placeholder="415"
							value={wanted.value.areaCode ?? ""}
							onInput={(event) => set("areaCode", event.currentTarget.value.replace(/\D/g, ""))}
						/>
					</Field>
					<Field label="Contains">
						<input
							class="input num"
							maxLength={16}
							placeholder="2024"
							value={wanted.value.contains ?? ""}
							onInput={(event) => set("contains", event.currentTarget.value.replace(/[^0-9a-z*]/gi, ""))}
						/>
					</Field>
				</div>
				<fieldset>
					<legend class="mb-1.5 text-sm font-medium">Must be able to do</legend>
					<div class="flex gap-5">
						{ABILITIES.map(([name, word]) => (
							<label key={name} class="flex min-h-7 items-center gap-2 text-sm">
								<input
									type="checkbox"
									class="checkbox"
									checked={wanted.value[name] === "true"}
									onChange={(event) => set(name, event.currentTarget.checked ? "true" : "")}
								/>
								{word}
							</label>
						))}
					</div>
				</fieldset>
			</form>
			<section aria-label="Numbers for sale" aria-busy={offers.isFetching}>
				{offers.isPending && <RowsSkeleton rows={8} columns={3} label="Searching the carrier's stock" />}
				{offers.isError && <Trouble what="The search did not work." error={offers.error} again={offers.again} />}
				{offers.data && !offers.isError && (
					<Offers
						offers={offers.data}
						country={wanted.value.country ?? ""}
						onChoose={(offer) => {
							choosing.value = offer;
						}}
						onSeveral={(price) => {
							several.value = { wish: { ...wanted.value, country: wanted.value.country ?? "US" }, price };
						}}
					/>
				)}
			</section>
			{choosing.value && (
				<PurchaseDialog
					offer={choosing.value}
					onClose={() => {
						choosing.value = null;
					}}
					onBought={() => void navigate("/numbers")}
				/>
			)}
			{several.value && <BatchDialog {...several.value} onClose={() => (several.value = null)} />}
		</div>
	);
}

interface OffersProps {
	offers: NumberOffer[];
	country: string;
	onChoose: (offer: NumberOffer) => void;
	/** With what one of them costs a month, in micros. */
	onSeveral: (price: number) => void;
}

function Offers({ offers, country, onChoose, onSeveral }: OffersProps) {
	const [cheapest] = offers;
	if (!cheapest)
		return (
			<div class="card">
				<Empty icon={SearchX} title="Nothing for sale that fits">
					The carrier has no such number in {countryName(country)} right now. Leave out the digits, or try another type:
					some countries sell only mobile or only toll-free numbers.
				</Empty>
			</div>
		);
	return (
		<>
			<div class="mb-3 flex flex-wrap items-center justify-between gap-3">
				<p class="text-muted text-sm">{counted(offers.length, "number")} for sale</p>
				<button type="button" class="btn btn-quiet btn-sm" onClick={() => onSeveral(cheapest.price.amountMicros)}>
					Buy several like these
				</button>
			</div>
			<ul class="card divide-y divide-[var(--line)] overflow-hidden">
				{offers.map((offer) => (
					<li key={offer.number} class="flex items-center gap-4 px-4 py-2.5">
						<div class="min-w-0 flex-1">
							<p class="phone font-medium">{offer.formatted}</p>
							<p class="text-muted truncate text-xs">
								{[offer.city, offer.state].filter(Boolean).join(", ") || countryName(offer.country)}
							</p>
						</div>
						<div class="max-md:hidden">
							<Abilities capabilities={offer.capabilities} />
						</div>
						<p class="num w-20 text-end text-sm">
							{money(offer.monthlyPrice * 1_000_000)}
							<span class="text-muted block text-xs">a month</span>
						</p>
						<button
							type="button"
							class="btn btn-quiet btn-sm"
							aria-label={`Buy ${offer.formatted}`}
							onClick={() => onChoose(offer)}
						>
							Buy
						</button>
					</li>
				))}
			</ul>
		</>
	);
}
