import { later } from "../kit/later";
import { RowsSkeleton, TextSkeleton } from "../kit/Skeleton";
import { CallsHead } from "./calls/CallsHead";

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
			<CallsHead part={part} />
			{part === "voicemail" ? <Voicemails /> : <CallLog />}
		</>
	);
}
