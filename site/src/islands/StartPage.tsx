import { ArrowRight } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { Checklist, type Step } from "../kit/Checklist";
import { later } from "../kit/later";
import { TextSkeleton } from "../kit/Skeleton";
import { Trouble } from "../kit/Trouble";
import { changed } from "../lib/cache";
import { askIfDevelopment, isDevelopment } from "../lib/development";
import { useLive } from "../lib/live";
import { callsPeekQuery, membersQuery, numbersQuery, profileQuery, settingsQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import { PEOPLE } from "./pretend/people";

const Handset = later(
	() => import("./pretend/Handset").then((part) => part.Handset),
	<div class="card min-h-[30rem] max-w-md p-6">
		<TextSkeleton lines={6} label="Loading the pretend phone" />
	</div>,
);

/** From an empty desk to a call that was answered: what is still to do, and in simulation somebody who calls. */
export function StartPage() {
	const profile = useRead(profileQuery);
	const settings = useRead(settingsQuery);
	const numbers = useRead(numbersQuery);
	const calls = useRead(callsPeekQuery);
	const isOwner = profile.data?.role === "owner";
	const members = useRead({ ...membersQuery, enabled: isOwner });
	useEffect(() => void askIfDevelopment(), []);
	useLive("call", () => void changed("calls"));

	const failed = [profile, settings, numbers, calls].find(({ isError }) => isError);
	if (failed?.isError)
		return <Trouble what="Your first steps did not load." error={failed.error} again={failed.again} />;
	if (!profile.data || !settings.data || !numbers.data || !calls.data)
		return (
			<div class="card p-6">
				<TextSkeleton lines={8} label="Loading your first steps" />
			</div>
		);
	const [line] = numbers.data;
	const steps: Step[] = [
		{
			done: !!profile.data.fullName,
			title: "Say who you are",
			text: "Your team and the people you call see this name.",
			href: "/settings",
			verb: "Write your name",
		},
		{
			done: !!settings.data.settings.personalPhoneNumber,
			title: "Give your own phone number",
			text: "Whoever knows it can find you here, and calls can ring it.",
			href: "/settings?part=telephone",
			verb: "Give a number",
		},
		{
			done: line !== undefined,
			title: "Get a number",
			text: "The line that people reach you on. One press generates it.",
			href: "/phone-config",
			verb: "Generate a number",
		},
		{
			done: calls.data.items.some(({ live }) => !live),
			title: "Place a test call",
			text: isDevelopment.value
				? "Press Ring on the pretend phone, and take the call in the row below every page."
				: "Call your number from any telephone, and take the call in the row below every page.",
			href: isDevelopment.value ? "/pretend" : "/numbers",
			verb: isDevelopment.value ? "Pretend phone" : "Your number",
		},
		...(isOwner
			? [
					{
						done: members.data && members.data.length > 0,
						title: "Invite somebody",
						text: "Give a colleague a number of their own, or share yours.",
						href: "/settings?part=team",
						verb: "Invite",
					},
				]
			: []),
	];
	return (
		<div class="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
			<div class="flex flex-col gap-4">
				<Checklist title={`Get started in ${steps.length === 5 ? "five" : "four"} steps`} steps={steps} />
				{steps.every(({ done }) => done) && (
					<p class="notice notice-good">
						<span>
							All done.{" "}
							<a class="link" href="/dashboard">
								On to your first campaign
							</a>
						</span>
						<ArrowRight size={16} aria-hidden />
					</p>
				)}
			</div>
			{isDevelopment.value && line && <Handset line={line} peer={PEOPLE[1][0]} name={PEOPLE[1][1]} />}
		</div>
	);
}
