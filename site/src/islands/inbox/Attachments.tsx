import type { Signal } from "@preact/signals";
import { FileText, X } from "lucide-preact";
import { Bar } from "../../kit/Bar";
import type { Attachment } from "./media";

/** Files that go with the message, and how far they are. */
export function Attachments({ files }: { files: Signal<Attachment[]> }) {
	if (files.value.length === 0) return null;
	return (
		<ul class="mb-2 flex flex-wrap gap-2" aria-label="Attached">
			{files.value.map(({ key, name, part, url, preview, trouble }) => (
				<li
					key={key}
					class={`line relative flex w-44 items-center gap-2 rounded-field border p-1.5 pe-8 ${trouble ? "border-error" : ""}`}
				>
					{preview ? (
						<img src={preview} alt="" class="size-8 flex-none rounded object-cover" />
					) : (
						<span class="bg-base-300 grid size-8 flex-none place-items-center rounded">
							<FileText size={16} aria-hidden />
						</span>
					)}
					<span class="min-w-0 flex-1 text-xs">
						<bdi class="block truncate font-medium">{name}</bdi>
						{trouble ? (
							<span class="text-error truncate" role="alert">
								{trouble}
							</span>
						) : url ? (
							<span class="text-muted">Ready</span>
						) : (
							<Bar slim value={part * 100} label={`Uploading ${name}`} />
						)}
					</span>
					<button
						type="button"
						class="absolute end-0.5 top-0.5 grid size-6 place-items-center rounded hover:bg-base-300"
						aria-label={`Take ${name} away`}
						onClick={() => {
							files.value = files.value.filter((each) => each.key !== key);
						}}
					>
						<X size={13} aria-hidden />
					</button>
				</li>
			))}
		</ul>
	);
}
