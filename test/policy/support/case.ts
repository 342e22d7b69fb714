import type { StackSubject } from "../../../components/policy/subject";

export interface Case {
  readonly finds: StackSubject;
  readonly passes: StackSubject;
}
