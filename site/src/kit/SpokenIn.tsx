import { PickField } from "./PickField";

// What carriers' voices speak.
const SPOKEN =
	"ca-ES da-DK de-DE en-AU en-CA en-GB en-IN en-US es-ES es-MX fi-FI fr-CA fr-FR it-IT ja-JP ko-KR nb-NO nl-NL pl-PL pt-BR pt-PT ru-RU sv-SE zh-CN zh-HK zh-TW".split(
		" ",
	);
const names = new Intl.DisplayNames(["en"], { type: "language" });
/** A language by its name: "German (Germany)". */
export const languageWord = (tag: string): string => names.of(tag) ?? tag;

interface Props {
	label: string;
	hint: string;
	/** BCP 47; "" for the carrier's own. */
	value: string;
	onPick: (language: string) => void;
}

/** The language in which a voice reads texts to people. */
export function SpokenIn({ label, hint, value, onPick }: Props) {
	const known = value === "" || SPOKEN.includes(value) ? SPOKEN : [...SPOKEN, value];
	const choices = known.map((tag) => [tag, languageWord(tag)] as const).sort(([, a], [, b]) => a.localeCompare(b));
	return (
		<PickField
			label={label}
			hint={hint}
			value={value}
			choices={[["", "English, as the carrier speaks it"], ...choices]}
			onPick={onPick}
		/>
	);
}
