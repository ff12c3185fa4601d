//! The expressions that tables are made of: constructors, lists and literals, and nothing else.
//!
//! Tables are the larger part of what is emitted, and their few forms need neither a syntax tree of all of Rust nor
//! its formatter: each expression knows how wide it is on one line, and [`layout`](crate::layout) asks no more.

use std::borrow::Cow;

use super::literals;

/// A constant expression.
#[derive(Debug)]
pub(crate) struct ConstExpression {
    form: Form,
    width: usize,
}

#[derive(Debug)]
pub(crate) enum Form {
    /// A name, a path or a literal.
    Word(Cow<'static, str>),
    /// `&[first, second]`
    List(Vec<ConstExpression>),
    /// `(first, second)`
    Pair(Box<[ConstExpression; 2]>),
    /// `Type::function(first, second)`
    Call {
        ty: &'static str,
        function: &'static str,
        arguments: Vec<ConstExpression>,
    },
    /// `base.first(1).second()`
    Chain {
        base: Box<ConstExpression>,
        calls: Vec<Link>,
    },
}

/// `.name(arguments)`
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) name: &'static str,
    pub(crate) arguments: Vec<ConstExpression>,
}

/// `const NAME: Type = value;`
#[derive(Debug)]
pub(crate) struct Definition {
    /// A line of documentation; nothing where the definition is private.
    pub(crate) doc: Option<&'static str>,
    /// `const`, `static` or `pub static`.
    pub(crate) keyword: &'static str,
    pub(crate) name: String,
    pub(crate) ty: &'static str,
    pub(crate) value: ConstExpression,
}

impl ConstExpression {
    pub(crate) fn form(&self) -> &Form {
        &self.form
    }

    /// How many bytes it takes on one line.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// `NOT_FOUND`, `404`, `true`
    pub(crate) fn word(word: impl Into<Cow<'static, str>>) -> Self {
        let word = word.into();
        Self {
            width: word.len(),
            form: Form::Word(word),
        }
    }

    /// `Method::GET`
    pub(crate) fn member(ty: &str, name: &str) -> Self {
        Self::word([ty, "::", name].concat())
    }

    /// A string: raw where that spares the reader escapes. Anything that is not plainly visible is escaped.
    pub(crate) fn text(text: &str) -> Self {
        Self::word(literals::string(text))
    }

    /// The position of a schema.
    pub(crate) fn index(index: usize) -> Self {
        Self::word(index.to_string())
    }

    /// A whole number.
    pub(crate) fn count(count: u64) -> Self {
        Self::word(count.to_string())
    }

    /// `true` or `false`
    pub(crate) fn boolean(value: bool) -> Self {
        Self::word(if value { "true" } else { "false" })
    }

    /// `&[…]`
    pub(crate) fn list(items: impl IntoIterator<Item = Self>) -> Self {
        let items: Vec<_> = items.into_iter().collect();
        Self {
            width: "&[]".len() + width_of(&items),
            form: Form::List(items),
        }
    }

    /// `("id", 38)`
    pub(crate) fn pair(first: Self, second: Self) -> Self {
        let parts = [first, second];
        Self {
            width: "()".len() + width_of(&parts),
            form: Form::Pair(Box::new(parts)),
        }
    }

    /// `Example::new("full", "{}")`
    pub(crate) fn call(
        ty: &'static str,
        function: &'static str,
        arguments: impl IntoIterator<Item = Self>,
    ) -> Self {
        let arguments: Vec<_> = arguments.into_iter().collect();
        Self {
            width: ty.len() + "::()".len() + function.len() + width_of(&arguments),
            form: Form::Call {
                ty,
                function,
                arguments,
            },
        }
    }

    /// `self.name(argument)`
    pub(crate) fn with(self, name: &'static str, argument: Self) -> Self {
        self.method(name, vec![argument])
    }

    /// The same, where there is an argument.
    pub(crate) fn with_some(self, name: &'static str, argument: Option<Self>) -> Self {
        match argument {
            Some(argument) => self.with(name, argument),
            None => self,
        }
    }

    /// `self.name(&[…])`, where the list has items.
    pub(crate) fn with_list(self, name: &'static str, items: impl IntoIterator<Item = Self>) -> Self {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return self;
        }
        self.with(name, Self::list(items))
    }

    /// `self.name()`, where the flag is set.
    pub(crate) fn with_flag(self, name: &'static str, is_set: bool) -> Self {
        if is_set {
            self.method(name, Vec::new())
        } else {
            self
        }
    }

    fn method(self, name: &'static str, arguments: Vec<Self>) -> Self {
        let width = self.width + ".()".len() + name.len() + width_of(&arguments);
        let link = Link { name, arguments };
        let form = match self.form {
            Form::Chain { base, mut calls } => {
                calls.push(link);
                Form::Chain { base, calls }
            }
            _ => Form::Chain {
                base: Box::new(self),
                calls: vec![link],
            },
        };
        Self { form, width }
    }
}

/// The width of items and what stands between them.
pub(crate) fn width_of(items: &[ConstExpression]) -> usize {
    let between = ", ".len() * items.len().saturating_sub(1);
    items.iter().map(ConstExpression::width).sum::<usize>() + between
}
