import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { api, said } from "../../lib/api";
import { useRead } from "../../lib/use-read";

const TYPED_MS = 200;
const LEAST_LETTERS = 2;

export interface Reader {
	name: string;
	number: string;
	formatted: string;
}

/** Finds somebody of the contacts by how a name begins. */
export function FindContact({ onPick }: { onPick: (reader: Reader) => void }) {
	const typed = useSignal("");
	const asked = useSignal("");
	useEffect(() => {
		const timer = setTimeout(() => {
			asked.value = typed.value.trim();
		}, TYPED_MS);
		return () => clearTimeout(timer);
	}, [typed.value]);
	const search = asked.value;
	const found = useRead({
		key: ["contacts", "reader", search],
		read: () => said(api.contacts.$get({ query: { limit: "6", search } })),
		enabled: search.length >= LEAST_LETTERS,
	});
	const people = search.length >= LEAST_LETTERS ? found.data?.items : undefined;
	return (
		<div>
			<label class="block">
				<span class="mb-1 block text-sm font-medium">Find a contact by name</span>
				<input
					type="search"
					class="input"
					autocomplete="off"
					maxLength={60}
					value={typed}
					onInput={(event) => {
						typed.value = event.currentTarget.value;
					}}
				/>
			</label>
			<p class="text-muted mt-1 text-xs empty:hidden" role="status">
				{people?.length === 0 ? "No contact's name begins so. Write to a number below." : ""}
			</p>
			<ul aria-label="Contacts found">
				{people?.map(({ id, firstName, lastName, phoneNumber: number, formatted }) => {
					const name = [firstName, lastName].filter(Boolean).join(" ");
					return (
						<li key={id}>
							<button
								type="button"
								class="rail-link w-full justify-between text-start"
								onClick={() => onPick({ name, number, formatted })}
							>
								<bdi class="truncate">{name || formatted}</bdi> <span class="phone text-muted">{formatted}</span>
							</button>
						</li>
					);
				})}
			</ul>
		</div>
	);
}
