Object.assign(Documentation.TRANSLATIONS, {
 "Search": "Tìm kiếm",
 "Searching": "Đang tìm",
 "Preparing search...": "Đang chuẩn bị…",
 "Search Results": "Kết quả tìm",
 ", in ": ", ở ",
 "Hide Search Matches": "Thôi tô chữ tìm được",
 "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": "Không thấy trang nào có mọi chữ ấy. Hãy bớt chữ, hoặc dùng chữ khác.",
 "Search finished, found one page matching the search query.": [
  "Tìm thấy ${resultCount} trang.",
  "Tìm thấy ${resultCount} trang."
 ]
});
