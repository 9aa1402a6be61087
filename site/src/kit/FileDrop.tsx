import { useSignal } from "@preact/signals";
import { Upload } from "lucide-preact";
import { useId } from "preact/hooks";

interface Props {
	/** "Drop a WAV, MP3 or OGG file here" */
	title: string;
	hint: string;
	accept: string;
	button?: string;
	disabled?: boolean;
	onFile: (file: File) => void;
}

/** A place to drop a file, with a button for those who do not drag. */
export function FileDrop({ title, hint, accept, button = "Choose a file", disabled = false, onFile }: Props) {
	const over = useSignal(false);
	const id = useId();
	function drop(event: DragEvent) {
		event.preventDefault();
		over.value = false;
		const file = event.dataTransfer?.files[0];
		if (file && !disabled) onFile(file);
	}
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: dragging is the extra way; the button inside does the same
		<div
			class={`line flex flex-col items-center gap-1 rounded-box border-2 border-dashed px-6 py-8 text-center transition-colors ${over.value ? "border-primary bg-primary/8" : "bg-base-200"}`}
			onDragOver={(event) => {
				event.preventDefault();
				over.value = true;
			}}
			onDragLeave={() => {
				over.value = false;
			}}
			onDrop={drop}
		>
			<Upload size={22} class="text-muted mb-1" aria-hidden />
			<p class="font-medium">{title}</p>
			<p class="text-muted text-sm">{hint}</p>
			<label
				for={id}
				class="btn btn-quiet has-focus-visible:outline-primary mt-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2"
			>
				{button}
				<input
					id={id}
					type="file"
					class="sr-only"
					accept={accept}
					disabled={disabled}
					onChange={(event) => {
						const file = event.currentTarget.files?.[0];
						event.currentTarget.value = "";
						if (file) onFile(file);
					}}
				/>
			</label>
		</div>
	);
}
