import { useSignal } from "@preact/signals";
import { Phone } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { Empty } from "../kit/Empty";
import { Field } from "../kit/Field";
import { later } from "../kit/later";
import { TextSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { askIfDevelopment, isDevelopment } from "../lib/development";
import { numbersQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import { leftToRight } from "../lib/words";
import { PEOPLE } from "./pretend/people";

const Handset = later(() => import("./pretend/Handset").then((part) => part.Handset));
const PhoneField = later(() => import("../kit/PhoneField").then((part) => part.PhoneField));

const OTHER = "other";

/** Writes to one's own numbers, and calls them, as somebody outside would. */
export function PretendPage() {
	const numbers = useRead(numbersQuery);
	const line = useSignal(new URLSearchParams(location.search).get("line") ?? "");
	const person = useSignal<string>(PEOPLE[0][0]);
	const typed = useSignal<string | null>(null);
	useEffect(() => void askIfDevelopment(), []);

	if (isDevelopment.value === false)
		return (
			<Empty icon={Phone} title="There is no pretend phone here">
				It exists only where the carrier is simulated. Text one of your numbers with a real telephone instead.
			</Empty>
		);
	if (numbers.isError) return <Trouble what="Your numbers did not load." error={numbers.error} again={numbers.again} />;
	if (!numbers.data || isDevelopment.value === null)
		return (
			<div class="card max-w-sm p-6">
				<TextSkeleton lines={6} label="Loading the pretend phone" />
			</div>
		);
	const own = numbers.data.find(({ number }) => number === line.value) ?? numbers.data[0];
	if (!own)
		return (
			<Empty
				icon={Phone}
				title="No number to write to yet"
				actions={
					<a class="btn btn-primary" href="/phone-config">
						Generate phone number
					</a>
				}
			>
				The pretend phone writes to one of your own numbers. Get one first; here it costs pretend money only.
			</Empty>
		);
	const peer = person.value === OTHER ? typed.value : person.value;
	return (
		<div class="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
			<div class="flex flex-col gap-4">
				<Field label="Your number, which it writes to">
					<select
						class="select"
						value={own.number}
						onChange={(event) => {
							line.value = event.currentTarget.value;
						}}
					>
						{numbers.data.map(({ id, number, label, formatted }) => (
							<option key={id} value={number}>
								{leftToRight(label ? `${label}, ${formatted}` : formatted)}
							</option>
						))}
					</select>
				</Field>
				<Field label="Who writes">
					<select
						class="select"
						value={person.value}
						onChange={(event) => {
							person.value = event.currentTarget.value;
						}}
					>
						{PEOPLE.map(([number, name]) => (
							<option key={number} value={number}>
								{name}
							</option>
						))}
						<option value={OTHER}>Another number…</option>
					</select>
				</Field>
				{person.value === OTHER && (
					<PhoneField
						label="Their number"
						onPhone={(e164) => {
							typed.value = e164;
						}}
					/>
				)}
				<ol class="text-muted flex list-decimal flex-col gap-1.5 ps-5 text-sm">
					<li>Write something on the phone, and see it arrive in the inbox.</li>
					<li>Answer there, and it appears on the phone.</li>
					<li>Reply STOP: from that moment nobody in your account can write to this person. START ends it.</li>
					<li>
						Ring, and take the call in the row below every page. Where nobody does, press keys or leave a message.
					</li>
					<li>Call this person, or let a campaign do it: while this page is open, the phone rings here.</li>
				</ol>
				<a class="btn btn-quiet self-start" href="/chat">
					To the inbox
				</a>
			</div>
			<Handset
				key={`${own.number} ${peer}`}
				line={own}
				peer={peer}
				name={PEOPLE.find(([number]) => number === peer)?.[1] ?? peer ?? "Give a number first"}
			/>
		</div>
	);
}
