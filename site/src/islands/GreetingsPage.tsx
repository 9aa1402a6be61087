import { useSignal } from "@preact/signals";
import { AudioLines, Trash2 } from "lucide-preact";
import { Empty } from "../kit/Empty";
import { FileDrop } from "../kit/FileDrop";
import { later } from "../kit/later";
import { Player } from "../kit/Player";
import { RowsSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { UploadBar } from "../kit/UploadBar";
import { api, OUTLIVES_PAGE, said } from "../lib/api";
import { removeWithUndo } from "../lib/changes";
import { greetingsQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import type { Greeting } from "../lib/wire";
import { day } from "../lib/words";
import { uploadGreeting } from "./greetings/upload";

const Recorder = later(() => import("./greetings/Recorder").then((part) => part.Recorder));

/** The recordings that callers and campaigns hear: record, upload, listen, delete. */
export function GreetingsPage() {
	const greetings = useRead(greetingsQuery);
	const sending = useSignal<{ name: string; part: number } | null>(null);
	const trouble = useSignal<unknown>(null);

	async function upload(file: File) {
		trouble.value = null;
		sending.value = { name: file.name, part: 0 };
		try {
			await uploadGreeting(file, (part) => {
				sending.value = { name: file.name, part };
			});
		} catch (error) {
			trouble.value = error;
		} finally {
			sending.value = null;
		}
	}

	return (
		<div class="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
			<section aria-label="Your greetings" class="max-lg:order-2">
				{greetings.isPending && <RowsSkeleton rows={3} columns={2} label="Loading your greetings" />}
				{greetings.isError && (
					<Trouble what="Your greetings did not load." error={greetings.error} again={greetings.again} />
				)}
				{greetings.data?.length === 0 && (
					<div class="card">
						<Empty icon={AudioLines} title="No greetings yet">
							A greeting is what people hear when they pick up: who calls, why, and “press 1 to be connected, press 9
							and we will not call you again”. Record it right here, or on any phone and upload the file.
						</Empty>
					</div>
				)}
				{!!greetings.data?.length && (
					<ul class="card divide-y divide-[var(--line)]">
						{greetings.data.map((greeting) => (
							<GreetingRow key={greeting.id} greeting={greeting} />
						))}
					</ul>
				)}
			</section>
			<section aria-label="Upload" class="flex flex-col gap-3">
				<Recorder />
				<FileDrop
					title="Drop a recording here"
					hint="WAV, MP3 or OGG, at most 10 MB"
					accept=".wav,.mp3,.ogg,audio/wav,audio/mpeg,audio/ogg"
					disabled={sending.value !== null}
					onFile={upload}
				/>
				{sending.value && <UploadBar name={sending.value.name} part={sending.value.part} />}
				{trouble.value !== null && <Trouble what="The file was not stored." error={trouble.value} />}
			</section>
		</div>
	);
}

function GreetingRow({ greeting }: { greeting: Greeting }) {
	return (
		<li class="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
			<div class="min-w-0 flex-1 basis-40">
				<p class="truncate font-medium">{greeting.filename}</p>
				<p class="text-muted text-xs">uploaded {day(greeting.createdAt)}</p>
			</div>
			<Player
				class="w-72 max-sm:order-3 max-sm:w-full"
				src={greeting.url}
				name={greeting.filename}
				seconds={greeting.durationSeconds}
			/>
			<button
				type="button"
				class="btn btn-ghost btn-sm btn-square hover:text-error"
				title="Delete"
				aria-label={`Delete ${greeting.filename}`}
				onClick={() =>
					removeWithUndo<Greeting>({
						key: "greetings",
						remove: () =>
							said(api["greeting-files"][":id"].$delete({ param: { id: greeting.id }, query: {} }, OUTLIVES_PAGE)),
						text: `“${greeting.filename}” is deleted.`,
						isIt: ({ id }) => id === greeting.id,
					})
				}
			>
				<Trash2 size={15} aria-hidden />
			</button>
		</li>
	);
}
