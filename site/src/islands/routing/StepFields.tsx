import { Field } from "../../kit/Field";
import { Choice } from "./Choice";
import { ForwardFields } from "./ForwardFields";
import { MessageFields } from "./MessageFields";
import { RingFields } from "./RingFields";
import { SipFields } from "./SipFields";
import type { StepProps } from "./step-props";

/** What there is to say about one step. */
export function StepFields({ id, step, names, onChange }: StepProps) {
	switch (step.kind) {
		case "ring":
			return <RingFields id={id} step={step} names={names} onChange={onChange} />;
		case "forward":
			return <ForwardFields id={id} step={step} names={names} onChange={onChange} />;
		case "sip":
			return <SipFields id={id} step={step} names={names} onChange={onChange} />;
		case "voicemail":
			return <MessageFields id={id} step={step} names={names} onChange={onChange} />;
		case "assistant":
			return (
				<Choice
					label="Assistant"
					list={names.assistants}
					value={step.assistantId}
					none={{ word: "No assistant yet.", href: "/assistants", way: "Make one" }}
					onPick={(assistantId) => onChange({ ...step, assistantId })}
				/>
			);
		case "group":
			return (
				<Choice
					label="Ring group"
					list={names.groups}
					value={step.ringGroupId}
					none={{ word: "No ring group yet.", href: "/settings?part=calls", way: "Make one" }}
					onPick={(ringGroupId) => onChange({ ...step, ringGroupId })}
				/>
			);
		case "queue":
			return (
				<Choice
					label="Queue"
					list={names.queues}
					value={step.queueId}
					none={{ word: "No queue yet.", href: "/queue", way: "Make one" }}
					onPick={(queueId) => onChange({ ...step, queueId })}
				/>
			);
		case "play":
			return (
				<Choice
					label="Greeting"
					list={names.greetings}
					value={step.greetingFileId}
					none={{ word: "No greeting yet.", href: "/greetings", way: "Record one" }}
					onPick={(greetingFileId) => onChange({ ...step, greetingFileId })}
				/>
			);
		case "say":
			return (
				<Field label="What is said" hint="Read out by the carrier's voice.">
					<textarea
						class="textarea"
						rows={2}
						maxLength={1_000}
						value={step.text}
						onInput={(event) => onChange({ ...step, text: event.currentTarget.value })}
					/>
				</Field>
			);
		default:
			return null;
	}
}
