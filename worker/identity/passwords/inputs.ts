import * as z from "zod";
import { EmailAddress, GivenPassword, NewPassword } from "../inputs";

const Token = z.string().min(20).max(100);

export const ForgotInput = z.strictObject({ email: EmailAddress });
export const ResetInput = z.strictObject({ token: Token, password: NewPassword });
export type ResetInput = z.output<typeof ResetInput>;
export const ChangeInput = z.strictObject({ currentPassword: GivenPassword, newPassword: NewPassword });
export type ChangeInput = z.output<typeof ChangeInput>;
export const InvitationInput = z.strictObject({ token: Token });
export const InvitationShape = z.object({ email: z.string(), fullName: z.string().nullable(), invitedBy: z.string() });
export const VerifyInput = z.strictObject({ token: Token });

export const Message = z.object({ message: z.string() });
