import { useSignal } from "@preact/signals";
import { type LucideIcon, Monitor, Moon, Rows3, Rows4, Sun } from "lucide-preact";
import { KeySwitch } from "../../kit/KeySwitch";
import { api, said } from "../../lib/api";
import { type Density, wearDensity, wornDensity } from "../../lib/density";
import { type Theme, wearTheme, wornTheme } from "../../lib/theme";
import { tellTrouble } from "../../lib/toasts";
import { Section } from "./Section";

const THEMES = [
	["system", "As the system", Monitor],
	["day", "Day", Sun],
	["night", "Night", Moon],
] as const;
const DENSITIES = [
	["comfortable", "Comfortable rows", Rows3],
	["compact", "Compact rows", Rows4],
] as const;

/** How the desk looks and listens here. The theme is remembered with the account, the rest by this browser. */
export function Appearance() {
	const theme = useSignal<Theme>(wornTheme());
	const density = useSignal<Density>(wornDensity());
	return (
		<Section id="appearance" title="Appearance">
			<div class="grid gap-4">
				<Choice
					legend="Theme"
					options={THEMES}
					worn={theme.value}
					onWear={(chosen) => {
						theme.value = chosen;
						wearTheme(chosen);
						said(api.users.settings.$patch({ json: { theme: chosen } })).catch(tellTrouble);
					}}
				/>
				<Choice
					legend="Rows"
					options={DENSITIES}
					worn={density.value}
					onWear={(chosen) => {
						density.value = chosen;
						wearDensity(chosen);
					}}
				/>
				<div class="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
					<KeySwitch />
					<button
						type="button"
						class="btn btn-quiet btn-sm"
						onClick={() => void import("../../lib/key-sheet").then(({ openKeySheet }) => openKeySheet())}
					>
						All keys
					</button>
				</div>
			</div>
		</Section>
	);
}

interface ChoiceProps<Worn extends string> {
	legend: string;
	options: readonly (readonly [Worn, string, LucideIcon])[];
	worn: Worn;
	onWear: (chosen: Worn) => void;
}

/** One of a few looks, worn at once. */
function Choice<Worn extends string>({ legend, options, worn, onWear }: ChoiceProps<Worn>) {
	return (
		<fieldset class="grid gap-2 sm:auto-cols-fr sm:grid-flow-col">
			<legend class="sr-only">{legend}</legend>
			{options.map(([name, word, Sign]) => (
				<label
					key={name}
					class="relative line has-checked:border-primary has-checked:bg-primary/7 has-focus-visible:outline-primary flex min-h-11 items-center gap-3 rounded-field border px-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2"
				>
					<input
						type="radio"
						class="cover"
						name={legend}
						value={name}
						checked={worn === name}
						onChange={() => onWear(name)}
					/>
					<Sign size={17} class={worn === name ? "text-primary" : "text-muted"} aria-hidden />
					<span class="text-sm font-medium">{word}</span>
				</label>
			))}
		</fieldset>
	);
}
