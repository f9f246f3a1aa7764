import { defineUntestable } from "@heddle/claims";

export const claim = defineUntestable({
  id: "famous-quotes",
  topic: "words",
  claim:
    "Discord runs its chat on goroutines, Netflix chose its model as the text says, and a named engineer said the sentence that is quoted.",
  source: "Your async code isn't concurrent",
  practice:
    "Take the name of a company as decoration, not as evidence. Ask for the link, the date and the load; then measure your own.",
  untestable: {
    why: "they say what companies ran and what a person said, and give no source. No program on this machine could come out otherwise if they were false.",
    where:
      "the companies' own engineering texts, and a transcript for the person. What Discord has published names Elixir, with Rust, for chat, and tells of a service that left Go for Rust.",
  },
});
