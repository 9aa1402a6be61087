import { AlarmClock, NotebookText, Paperclip } from "lucide-preact";

interface Props {
	canAttach: boolean;
	sendable: boolean;
	onFiles: (files: Iterable<File>) => void;
	onExtra: (extra: "templates" | "schedule") => void;
}

/** What a message can have besides its words: files, a template, a time. */
export function ComposerTools({ canAttach, sendable, onFiles, onExtra }: Props) {
	return (
		<>
			<label
				class={`btn btn-ghost btn-sm btn-square has-focus-visible:outline-primary has-focus-visible:outline-2 ${canAttach ? "" : "hidden"}`}
				title="Attach pictures or files"
			>
				<Paperclip size={16} aria-hidden />
				<span class="sr-only">Attach pictures or files</span>
				<input
					type="file"
					class="sr-only"
					multiple
					accept="image/*,audio/*,video/*,.pdf,.vcf"
					disabled={!canAttach}
					onChange={({ currentTarget }) => {
						onFiles(currentTarget.files ?? []);
						currentTarget.value = "";
					}}
				/>
			</label>
			<Tool icon={NotebookText} word="Use a template" onPress={() => onExtra("templates")} />
			<Tool icon={AlarmClock} word="Send later" disabled={!sendable} onPress={() => onExtra("schedule")} />
		</>
	);
}

interface ToolProps {
	icon: typeof Paperclip;
	word: string;
	disabled?: boolean;
	onPress: () => void;
}

function Tool({ icon: Icon, word, disabled = false, onPress }: ToolProps) {
	return (
		<button
			type="button"
			class="btn btn-ghost btn-sm btn-square"
			aria-label={word}
			title={word}
			disabled={disabled}
			onClick={onPress}
		>
			<Icon size={16} aria-hidden />
		</button>
	);
}
