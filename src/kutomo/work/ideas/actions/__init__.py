"""What can be done with ideas."""

from .growing import change, judge_harm, let_go, plant, reply, tell_harm, tend, wake

__all__ = ["change", "judge_harm", "let_go", "plant", "reply", "tell_harm", "tend", "wake"]
