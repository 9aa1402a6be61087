import { type Signal, useSignal } from "@preact/signals";
import { SendHorizontal } from "lucide-preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Action } from "../../kit/Action";
import { later } from "../../kit/later";
import { sayTyping } from "../../lib/live";
import type { ConversationDetail } from "../../lib/wire";
import { Attachments } from "./Attachments";
import { ComposerTools } from "./ComposerTools";
import { Counter, LONGEST, openVariables } from "./Counter";
import { useComposing } from "./compose";
import { keepDraft } from "./drafts";

const TemplatePicker = later(() => import("./TemplatePicker").then((part) => part.TemplatePicker));
const ScheduleDialog = later(() => import("./ScheduleDialog").then((part) => part.ScheduleDialog));
const TYPING_EVERY_MS = 3_000;

interface Props {
	/** What the draft is kept under. */
	thread: string;
	conversation: ConversationDetail | null;
	/** The sender as the API wants it. */
	from: string;
	/** The sender in words, for the empty field: "London office". */
	fromWord: string;
	/** Null while there is no complete number. */
	to: string | null;
	canAttach: boolean;
	text: Signal<string>;
	/** The messages that stand in the thread already. */
	before: () => ReadonlySet<string>;
	onSent: (conversationId: string) => void;
}

/** Writes a message or a note. What is typed stays until it is sent, in this browser. */
export function Composer({ thread, conversation, from, fromWord, to, canAttach, text, before, onSent }: Props) {
	const mode = useSignal<"message" | "note">("message");
	const extra = useSignal<"templates" | "schedule" | null>(null);
	const field = useRef<HTMLTextAreaElement>(null);
	const typedAt = useRef(0);
	const onClear = () => field.current?.focus();
	const composing = useComposing({ thread, conversation, from, to, text, before, onClear, onSent });
	const { files, noting, schedule, take } = composing;
	const isNote = mode.value === "note";

	useEffect(() => keepDraft(thread, text.value), [text.value, thread]);
	useGrowing(field, text.value);
	useEffect(() => {
		// Where a keyboard would cover half the screen, it comes only when it is wanted.
		if (conversation && matchMedia("(pointer: fine)").matches) field.current?.focus({ preventScroll: true });
	}, []);

	const body = text.value;
	const ready = files.value.every(({ url }) => url !== null);
	const says = body.trim() !== "" || (!isNote && files.value.length > 0);
	const sendable =
		says && body.length <= LONGEST && (isNote || (to !== null && ready && openVariables(body).length === 0));

	function send() {
		if (!sendable) return field.current?.focus();
		void (isNote ? composing.note() : composing.send());
	}

	function type(value: string) {
		text.value = value;
		if (!conversation || isNote || Date.now() - typedAt.current < TYPING_EVERY_MS) return;
		typedAt.current = Date.now();
		sayTyping(conversation.id);
	}

	function press(event: KeyboardEvent) {
		if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
		if (!matchMedia("(pointer: fine)").matches && !event.metaKey && !event.ctrlKey) return;
		event.preventDefault();
		send();
	}

	return (
		<form
			class={`line flex-none border-t px-3 py-2 ${isNote ? "note" : ""}`}
			onSubmit={(event) => {
				event.preventDefault();
				send();
			}}
			onDragOver={(event) => event.preventDefault()}
			onDrop={(event) => {
				event.preventDefault();
				if (canAttach && !isNote && event.dataTransfer) take(event.dataTransfer.files);
			}}
		>
			<div class="mx-auto max-w-3xl">
				{conversation && (
					<div class="mb-1.5 flex gap-1">
						<Mode word="Message" on={!isNote} onPick={() => (mode.value = "message")} />
						<Mode word="Note" on={isNote} onPick={() => (mode.value = "note")} />
					</div>
				)}
				{!isNote && <Attachments files={files} />}
				<div class="flex items-end gap-2">
					<textarea
						ref={field}
						class="textarea max-h-48 min-h-0 flex-1 resize-none py-2 "
						rows={1}
						dir="auto"
						aria-label={isNote ? "Internal note" : `Message from ${fromWord}`}
						aria-describedby="composer-count"
						aria-keyshortcuts="r"
						placeholder={
							isNote ? "Only your team sees this" : conversation ? `Text from ${fromWord}` : "Write a message"
						}
						value={body}
						onInput={(event) => type(event.currentTarget.value)}
						onKeyDown={press}
						onPaste={(event) => {
							const pasted = event.clipboardData?.files;
							if (!pasted?.length || !canAttach || isNote) return;
							event.preventDefault();
							take(pasted);
						}}
						data-composer
					/>
					<Action
						type="submit"
						class=""
						busy={noting.value}
						disabled={!sendable}
						aria-label={isNote ? "Save note" : "Send"}
					>
						<SendHorizontal size={17} aria-hidden />
						<span class="max-sm:sr-only">{isNote ? "Save note" : "Send"}</span>
					</Action>
				</div>
				<div class="mt-1 flex min-h-8 items-center gap-0.5">
					{!isNote && (
						<ComposerTools
							canAttach={canAttach}
							sendable={sendable}
							onFiles={take}
							onExtra={(wanted) => (extra.value = wanted)}
						/>
					)}
					<Counter from={from} to={to} body={body} files={files.value} isNote={isNote} />
				</div>
			</div>
			{extra.value === "templates" && (
				<TemplatePicker
					contact={conversation?.contact ?? null}
					onPick={(words: string) => {
						text.value = text.value.trim() ? `${text.value.trimEnd()} ${words}` : words;
					}}
					onClose={() => (extra.value = null)}
				/>
			)}
			{extra.value === "schedule" && <ScheduleDialog onPick={schedule} onClose={() => (extra.value = null)} />}
		</form>
	);
}

function Mode({ word, on, onPick }: { word: string; on: boolean; onPick: () => void }) {
	return (
		<button
			type="button"
			class={`h-7 rounded-field px-2 text-xs font-semibold ${on ? "bg-base-300" : "text-muted hover:bg-base-200"}`}
			aria-pressed={on}
			onClick={onPick}
		>
			{word}
		</button>
	);
}

/** The field is as high as its text, up to a limit of its class. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, text: string): void {
	useLayoutEffect(() => {
		const here = field.current;
		if (!here) return;
		here.style.height = "auto";
		here.style.height = `${here.scrollHeight + 2}px`;
	}, [text]);
}
