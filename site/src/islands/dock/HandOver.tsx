import { useSignal } from "@preact/signals";
import { UserRound } from "lucide-preact";
import { homeCountry } from "../../lib/countries";
import { membersQuery, profileQuery } from "../../lib/reads";
import { tell } from "../../lib/toasts";
import { useRead } from "../../lib/use-read";
import { HandingForm } from "../handing/HandingForm";
import { People, Person } from "./People";
import { calleeOf } from "./whom";

interface Props {
	other: string;
	/** Somebody is asked now, while the call waits. */
	onAsked: () => void;
}

/** Hands the other side of a call between browsers on to somebody else, who answers in a browser too: at once, or asked first. */
export function HandOver({ other, onAsked }: Props) {
	const profile = useRead(profileQuery);
	const members = useRead({ ...membersQuery, enabled: profile.data?.role === "owner" });
	const colleagues = (members.data ?? []).filter(({ status, care4wId }) => status === "active" && care4wId !== other);
	const typed = useSignal("");

	async function go(asks: boolean) {
		const whom = await calleeOf(typed.peek(), homeCountry());
		if (asks) return askFirst(whom);
		const { handOn } = await import("./hand-on");
		await handOn(whom);
		tell("The call is handed on.");
	}
	async function askFirst(whom: string) {
		const { ask } = await import("./asking");
		await ask(whom, colleagues.find(({ care4wId }) => care4wId === whom)?.fullName ?? "");
		onAsked();
	}
	const pick = (whom: string) => {
		typed.value = whom;
	};
	return (
		<HandingForm
			go={go}
			canAsk
			hint="They answer in their browser. If nobody does, the call comes back to you. Ask first to speak with them while the call waits on hold."
			beside={
				<>
					{colleagues.length > 0 && (
						<section class="min-w-0 flex-1 basis-44" aria-label="Colleagues">
							<p class="text-muted mb-1 text-xs font-semibold">Colleagues</p>
							<ul class="grid max-h-48 gap-0.5 overflow-y-auto">
								{colleagues.map(({ id, fullName, email, care4wId }) => (
									<Person key={id} icon={UserRound} name={fullName ?? email} more="" onPick={() => pick(care4wId)} />
								))}
							</ul>
						</section>
					)}
					<People typed={typed.value} onPick={pick} />
				</>
			}
		>
			<label class="grid min-w-0 gap-1">
				<span class="text-sm font-medium">Hand the call on to</span>
				<input
					class="input phone"
					inputMode="tel"
					autocomplete="off"
					maxLength={40}
					required
					placeholder="Phone number or call identity"
					value={typed}
					onInput={(event) => pick(event.currentTarget.value)}
				/>
			</label>
		</HandingForm>
	);
}
