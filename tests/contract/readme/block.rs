/// A fenced block.
#[derive(Debug)]
pub(crate) struct Block {
    /// What stands behind the fence.
    mark: String,
    /// The line of its first line, from 1.
    line: usize,
    lines: Vec<String>,
}

/// A command of a block.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Command {
    pub(crate) line: usize,
    /// The command, its continued lines joined.
    pub(crate) text: String,
    /// What it prints, where the block says so.
    pub(crate) output: Option<String>,
}

impl Block {
    /// The blocks of a text.
    pub(crate) fn all(text: &str) -> Vec<Self> {
        let mut blocks = Vec::new();
        let mut open: Option<Self> = None;
        for (number, line) in text.lines().enumerate() {
            match (line.trim_start().strip_prefix("```"), &mut open) {
                (Some(mark), None) => {
                    open = Some(Self {
                        mark: mark.trim().to_owned(),
                        line: number + 2,
                        lines: Vec::new(),
                    });
                }
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (None, Some(block)) => block.lines.push(line.to_owned()),
                (None, None) => {}
            }
        }
        blocks
    }

    /// Its commands; none where it holds something else.
    pub(crate) fn commands(&self) -> Vec<Command> {
        match self.mark.as_str() {
            "sh" => self.of_script(),
            "console" => self.of_console(),
            _ => Vec::new(),
        }
    }

    fn of_script(&self) -> Vec<Command> {
        let mut commands: Vec<Command> = Vec::new();
        let mut is_continued = false;
        for (number, line) in self.lines.iter().enumerate() {
            match commands.last_mut().filter(|_| is_continued) {
                Some(command) => command.text = format!("{}\n{line}", command.text),
                None if line.trim().is_empty() || line.starts_with('#') => continue,
                None => commands.push(Command {
                    line: self.line + number,
                    text: line.clone(),
                    output: None,
                }),
            }
            is_continued = line.ends_with('\\');
        }
        commands
    }

    fn of_console(&self) -> Vec<Command> {
        let mut commands: Vec<Command> = Vec::new();
        let mut is_continued = false;
        for (number, line) in self.lines.iter().enumerate() {
            match (line.strip_prefix("$ "), commands.last_mut()) {
                (Some(text), _) => {
                    is_continued = text.ends_with('\\');
                    commands.push(Command {
                        line: self.line + number,
                        text: text.to_owned(),
                        output: Some(String::new()),
                    });
                }
                (None, Some(command)) if is_continued => {
                    is_continued = line.ends_with('\\');
                    command.text = format!("{}\n{}", command.text, line.strip_prefix("> ").unwrap_or(line));
                }
                (
                    None,
                    Some(Command {
                        output: Some(output), ..
                    }),
                ) => *output = format!("{output}{line}\n"),
                (None, _) => {}
            }
        }
        commands
    }
}
