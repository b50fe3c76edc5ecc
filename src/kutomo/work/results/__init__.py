"""Results: goals that say when it is enough, the evidence for them, and what is done when it is.

Two people from two organisations own a goal, and only after both have said yes. Evidence counts when somebody from
another organisation has turned the second key. Whether it is enough is asked by core/consent; then the owners stop
and celebrate, hold, raise or wind down, with a reason.

Never shows progress as a share of tasks, never climbs to the next rung by itself, never counts a one-sided claim as
evidence, never takes a figure without its source.
"""
