import { later } from "../kit/later";
import { RowsSkeleton, TextSkeleton } from "../kit/Skeleton";

// Only one of the three is ever on the page.
const CallLog = later(
	() => import("./calls/CallLog").then((part) => part.CallLog),
	<RowsSkeleton rows={8} columns={4} label="Loading calls" />,
);
const CallStory = later(
	() => import("./calls/CallStory").then((part) => part.CallStory),
	<div class="card p-6">
		<h1 class="sr-only">Call</h1>
		<TextSkeleton lines={6} label="Loading the call" />
	</div>,
);
const Voicemails = later(
	() => import("./calls/Voicemails").then((part) => part.Voicemails),
	<RowsSkeleton rows={4} columns={2} label="Loading messages" />,
);

/** All calls, the messages that callers left, or the one call that the address names. */
export function CallsPage() {
	const asked = new URLSearchParams(location.search);
	const id = asked.get("id");
	const part = asked.get("part") === "voicemail" ? "voicemail" : "log";
	if (id) return <CallStory id={id} />;
	return (
		<>
			<header class="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
				<div>
					<h1 class="text-xl lg:text-2xl" tabIndex={-1}>
						Calls
					</h1>
					<p class="text-muted mt-1 text-sm lg:text-base">Who called whom, and what became of it.</p>
				</div>
				<nav class="flex gap-1" aria-label="Parts">
					<Tab href="/calls" word="Call log" current={part === "log"} />
					<Tab href="/calls?part=voicemail" word="Voicemail" current={part === "voicemail"} />
				</nav>
			</header>
			{part === "voicemail" ? <Voicemails /> : <CallLog />}
		</>
	);
}

function Tab({ href, word, current }: { href: string; word: string; current: boolean }) {
	return (
		<a
			class={`btn ${current ? "btn-neutral" : "btn-ghost"}`}
			href={href}
			{...(current ? { "aria-current": "page" as const } : {})}
		>
			{word}
		</a>
	);
}
