import { Wallet } from "lucide-preact";
import { Empty } from "../kit/Empty";
import { later } from "../kit/later";
import { PartNav, usePart } from "../kit/Parts";
import { RowsSkeleton, TextSkeleton } from "../kit/Skeleton";
import { profileQuery, walletQuery } from "../lib/reads";
import { useRead } from "../lib/use-read";
import { Balance } from "./wallet/Balance";
import { Returned } from "./wallet/Returned";

const rows = <RowsSkeleton label="Loading the statement" />;
const card = (
	<div class="card p-6">
		<TextSkeleton lines={6} label="Loading this part of your wallet" />
	</div>
);
const Spend = later(() => import("./wallet/Spend").then((part) => part.Spend), card);
const Statement = later(() => import("./wallet/Statement").then((part) => part.Statement), rows);
const Plans = later(() => import("./wallet/Plans").then((part) => part.Plans), card);
const Payments = later(() => import("./wallet/Payments").then((part) => part.Payments), card);
const Limits = later(() => import("./wallet/Limits").then((part) => part.Limits), card);
const Notices = later(() => import("./wallet/Notices").then((part) => part.Notices), card);

const PARTS = [
	["balance", "Balance"],
	["plans", "Plans"],
	["payments", "Payments"],
	["limits", "Limits and notices"],
] as const;

/** The account's money, a part at a time: what there is and how it came and went, plans, payments, limits. */
export function WalletPage() {
	const profile = useRead(profileQuery);
	const wallet = useRead(walletQuery);
	const part = usePart(PARTS);
	if (profile.data?.role === "member")
		return (
			<div class="card">
				<Empty icon={Wallet} title="Your owner's wallet">
					What you call and text is paid from the wallet of whoever invited you. Only they see it and top it up.
				</Empty>
			</div>
		);
	return (
		<div class="flex flex-col gap-6">
			<PartNav label="Wallet" parts={PARTS} at={part} />
			<Returned />
			{part.shown === "balance" && (
				<>
					<Balance />
					{/* They stand below the balance: until it is there they would move. */}
					{!wallet.isPending && <Spend />}
					{!wallet.isPending && <Statement />}
				</>
			)}
			{part.shown === "plans" && <Plans />}
			{part.shown === "payments" && <Payments />}
			{part.shown === "limits" && (
				<>
					<Limits />
					<Notices />
				</>
			)}
		</div>
	);
}
