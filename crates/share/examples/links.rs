//! Prints links of the test projects, for new lines of `tests/golden/v1.txt`.

#[path = "../tests/it/projects.rs"]
mod projects;

fn main() {
    for number in 0..260 {
        if let Ok(link) = flint_share::encode(&projects::project(number)) {
            println!("{link}");
        }
    }
}
