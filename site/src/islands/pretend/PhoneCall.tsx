import { Phone, PhoneOff } from "lucide-preact";
import { api, said } from "../../lib/api";
import { changed } from "../../lib/cache";
import { useLive } from "../../lib/live";
import { tell } from "../../lib/toasts";
import { useDoing } from "../../lib/use-doing";
import { reading, useRead } from "../../lib/use-read";
import type { OwnedNumber, PretendCall } from "../../lib/wire";
import { KeyPad } from "../dock/KeyPad";

interface Props {
	line: OwnedNumber;
	/** Null while there is no complete number. */
	peer: string | null;
	name: string;
}

/** A call moves without telling this page: while there is one it is looked at every second, and otherwise so that the phone stays held. */
const LOOKS_MS = { call: 1_000, idle: 20_000 };

const HEARS: Record<PretendCall["hears"], string> = {
	words: "",
	recording: "A recording plays.",
	ringing: "It rings.",
	keys: "A key is asked for.",
	tape: "Your message is being recorded. Hang up when you have said it.",
	somebody: "Somebody is there.",
	silence: "…",
};

/** What a phone in the hand does with calls: it rings, answers, presses keys, hangs up. */
export function PhoneCall({ line, peer, name }: Props) {
	const { doing, go } = useDoing<"use">();
	const hand = { number: line.number, peer: peer ?? "" };
	const now = useRead(
		reading({
			key: ["pretend-call", line.number, peer],
			read: () => said(api.debug.pretend.phone.$put({ json: hand })),
			enabled: peer !== null,
			every: (shown) => (shown?.call ? LOOKS_MS.call : LOOKS_MS.idle),
		}),
	);
	useLive("call", () => void changed("pretend-call"));
	const call = now.data?.call ?? null;
	const isBusy = doing.value !== null;

	const use = (deed: { do: "ring" | "answer" | "hangUp" } | { do: "press"; key: string }) =>
		go("use", async () => {
			try {
				await said(api.debug.pretend.phone.$post({ json: { ...hand, ...deed } }));
				if (deed.do === "ring") tell(`${name} is calling ${line.formatted}.`);
			} finally {
				await changed("pretend-call");
			}
		});

	if (!call)
		return (
			<button
				type="button"
				class="btn btn-success btn-sm"
				disabled={!peer || isBusy}
				onClick={() => void use({ do: "ring" })}
			>
				<Phone size={14} aria-hidden /> Ring
			</button>
		);
	return (
		<section class="line order-last -mx-4 -mb-2.5 flex basis-full flex-col gap-2 border-t px-4 py-3" aria-label="Call">
			<div class="flex flex-wrap items-center gap-2">
				<p class="min-w-0 flex-1 basis-40 font-medium" role="status">
					<span class={call.state === "rings" ? "pulse" : ""}>{stateWord(call)}</span>
				</p>
				{call.state === "rings" && (
					<button
						key="answer"
						type="button"
						class="btn btn-success btn-sm"
						disabled={isBusy}
						onClick={() => void use({ do: "answer" })}
					>
						<Phone size={14} aria-hidden /> Pick up
					</button>
				)}
				<button
					key="end"
					type="button"
					class="btn btn-error btn-sm"
					disabled={isBusy}
					onClick={() => void use({ do: "hangUp" })}
				>
					<PhoneOff size={14} aria-hidden /> {call.state === "rings" ? "Refuse" : "Put down"}
				</button>
			</div>
			{call.state === "talks" && (
				<>
					<p class="text-muted text-sm">{call.words ? <q dir="auto">{call.words}</q> : HEARS[call.hears]}</p>
					<KeyPad onKey={(key) => void use({ do: "press", key })} />
				</>
			)}
		</section>
	);
}

function stateWord({ state }: PretendCall): string {
	if (state === "rings") return "This phone rings";
	return state === "calls" ? "Calling…" : "In a call";
}
